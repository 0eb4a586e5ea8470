// Sets and clears faults on a fleet. Every undo is in the keeper's list before anything is broken, and carried out by it.
import type { Failpoint } from '../../services/contract/admin.ts';
import type { Faults } from '../runner/ports.ts';
import { type Fault, type HttpFault, isSocketFault } from '../scenario/fault.ts';
import type { Admin } from './admin.ts';
import type { KeeperClient } from './control-client.ts';
import type { Links } from './links.ts';
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

  function apply(fault: string, spec: Fault, ttlMs: number): Promise<void> {
    if (!isSocketFault(spec)) return admin.setFailpoint(spec.service, fault, failpointOf(spec, { ttlMs, seed }));
    if (spec.type === 'down') return links.setEnabled(spec.link, false);
    return links.addToxic(spec.link, toxicOf(spec, toxicName(fault)));
  }

  return {
    set: async (fault, spec, ttlMs) => {
      await keeper.call({ op: 'undo.add', key: keyOf(fault), undo: undoOf(fault, spec), ttlMs });
      await apply(fault, spec, ttlMs);
    },
    clear: (fault) => keeper.call({ op: 'undo.run', key: keyOf(fault) }),
  };
}

/** A name with a slash can be created on a Toxiproxy but never addressed again (TOXIPROXY.md 1.1). */
const toxicName = (fault: string): string => fault.replace('/', '.');

function undoOf(fault: string, spec: Fault): Undo {
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
