// Whether `up` finds its ports free. Those of a fleet of ours that is up are no problem: it is there already.
import { describeTaken, type TakenPort } from '../../fleet/ports.ts';
import { counted } from '../../verdict/figures.ts';
import { type Finding, note, ok, problem } from './finding.ts';

export interface PortFacts {
  readonly ports: readonly number[];
  readonly taken: readonly TakenPort[];
  readonly fleets: readonly { readonly name: string; readonly ports: readonly number[] }[];
}

export function judgePorts({ ports, taken, fleets }: PortFacts): Finding {
  const ours = fleets.filter((fleet) => taken.some(({ port }) => fleet.ports.includes(port)));
  const foreign = taken.filter(({ port }) => !ours.some((fleet) => fleet.ports.includes(port)));
  if (foreign.length > 0) {
    return problem(
      'ports',
      foreign.map(describeTaken).join('; '),
      'free it, or shift the whole fleet: smartorders up --base-port 6000',
    );
  }
  const all = `${counted(ports.length, 'port')} from ${ports[0]}`;
  if (ours.length === 0) return ok('ports', `${all} are free`);
  return note('ports', `${all}: taken by the fleet ${ours.map(({ name }) => name).join(', ')}, which is up`);
}
