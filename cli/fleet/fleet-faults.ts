// Sets and clears faults on a fleet. Every undo is in the keeper's list before anything is broken, and carried out by it.
import type { Failpoint } from '../../services/contract/admin.ts';
import type { Faults } from '../runner/ports.ts';
import { describeFault } from '../scenario/describe-fault.ts';
import { type Fault, type HttpFault, isSocketFault } from '../scenario/fault.ts';
import type { Admin } from './admin.ts';
import type { KeeperClient } from './control-client.ts';
import type { Links } from './links.ts';
import type { FaultWords } from './standing-fault.ts';
import { toxicOf } from './toxic-of.ts';
import type { Undo } from './undo.ts';

export interface FleetFaultsOptions {
  readonly run: string;
  readonly seed: number;
  readonly keeper: KeeperClient;
  readonly links: Links;
  readonly admin: Admin;
}

export function fleetFaults({ run, seed, keeper, links, admin }: FleetFaultsOptions): Faults {
  const keyOf = (fault: string): string => `${run}/${fault}`;
  return {
    set: async (fault, spec, ttlMs) => {
      const undo = undoOf(fault, spec);
      await keeper.call({ op: 'undo.add', key: keyOf(fault), undo, ttlMs, fault: wordsOf(fault, spec) });
      await breakFleet({ fault, spec, ttlMs, seed, links, admin });
    },
    clear: (fault) => keeper.call({ op: 'undo.run', key: keyOf(fault) }),
  };
}

export interface Breakage extends Pick<FleetFaultsOptions, 'seed' | 'links'> {
  readonly admin: Pick<Admin, 'setFailpoint'>;
  readonly fault: string;
  readonly spec: Fault;
  readonly ttlMs: number;
}

/** Its undo must be in the keeper's list already. */
export function breakFleet({ fault, spec, ttlMs, seed, links, admin }: Breakage): Promise<void> {
  if (!isSocketFault(spec)) return admin.setFailpoint(spec.service, fault, failpointOf(spec, { ttlMs, seed }));
  if (spec.type === 'down') return links.setEnabled(spec.link, false);
  return links.addToxic(spec.link, toxicOf(spec, toxicName(fault)));
}

export const wordsOf = (fault: string, spec: Fault): FaultWords => ({
  fault,
  kind: spec.type,
  ...describeFault(spec),
});

/** A name with a slash can be created on a Toxiproxy but never addressed again (TOXIPROXY.md 1.1). */
const toxicName = (fault: string): string => fault.replace('/', '.');

export function undoOf(fault: string, spec: Fault): Undo {
  if (!isSocketFault(spec)) return { kind: 'failpoint', service: spec.service, id: fault };
  if (spec.type === 'down') return { kind: 'enable', link: spec.link };
  return { kind: 'toxic', link: spec.link, toxic: toxicName(fault) };
}

function failpointOf(spec: HttpFault, common: { readonly ttlMs: number; readonly seed: number }): Failpoint {
  const { probability, route, skipFirst, failCount } = spec;
  const base = {
    ...common,
    probability,
    skipFirst,
    ...(route === undefined ? {} : { route }),
    ...(failCount === undefined ? {} : { failCount }),
  };
  switch (spec.type) {
    case 'httpError':
      return { type: 'httpError', status: spec.status, ...base };
    case 'httpDelay':
      return { type: 'httpDelay', delayMs: spec.delayMs, ...base };
    case 'decline':
      return { type: 'decline', ...base };
    default:
      return spec satisfies never;
  }
}
