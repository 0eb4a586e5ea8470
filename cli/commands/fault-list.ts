// `smartorders fault list`: every fault that stands on a fleet, whoever set it.
import { z } from 'zod';
import { keeperOf, requireFleet } from '../fleet/fleet.ts';
import { type StandingFault, standingFaultSchema } from '../fleet/standing-fault.ts';
import type { Terminal } from '../terminal.ts';
import { seconds } from './progress.ts';

export interface FaultListOptions {
  readonly fleet: string;
  readonly json?: boolean;
}

export async function listFaults({ fleet, json = false }: FaultListOptions, terminal: Terminal): Promise<void> {
  await using keeper = await keeperOf(requireFleet(fleet, terminal.env));
  const faults = await keeper.ask({ op: 'fault.list' }, z.array(standingFaultSchema));
  if (json) terminal.out(JSON.stringify(faults, null, 2));
  else show(faults, fleet, terminal);
}

function show(faults: readonly StandingFault[], fleet: string, { out, paint }: Terminal): void {
  if (faults.length === 0) out(`no fault stands on fleet ${fleet}`);
  const width = (text: (fault: StandingFault) => string): number =>
    Math.max(...faults.map((each) => text(each).length));
  const [id, target, dose] = [width(({ fault }) => fault), width((each) => each.target), width((each) => each.dose)];
  for (const each of faults) {
    const times = `set ${seconds(each.ageMs)} ago, ${each.leftMs > 0 ? `${seconds(each.leftMs)} left` : 'being undone'}`;
    const by = each.by === 'hand' ? 'by hand' : `by run ${each.run ?? 'that is gone'}`;
    const what = paint.bad(each.dose.padEnd(dose));
    out(`${paint.bold(each.fault.padEnd(id))}  ${each.target.padEnd(target)}  ${what}  ${times}  ${paint.dim(by)}`);
  }
}
