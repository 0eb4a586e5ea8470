// Gets a fleet ready for a run: policies in force, breakers closed, users and items of its own.
import type { Policy } from '../../services/contract/policy.ts';
import { linksFrom, type ServiceName, serviceNames } from '../../services/fleet.ts';
import type { Stage } from '../runner/ports.ts';
import type { Admin } from './admin.ts';
import type { KeeperClient } from './control-client.ts';
import { declaredPolicies } from './declared-policies.ts';

const priceCents = 1_999;

export interface FleetStageOptions {
  readonly run: string;
  readonly admin: Admin;
  readonly keeper: KeeperClient;
}

export function fleetStage({ run, admin, keeper }: FleetStageOptions): Stage {
  return {
    applyPolicies: async (policies) => {
      await Promise.all(serviceNames.map((service) => apply(service, policies)));
    },
    createData: async (owner, { users: userCount, items: itemCount, stock }) => {
      const users = numbered(userCount, (n) => ({ id: `${owner}-user${n}`, name: `User ${n}` }));
      const items = numbered(itemCount, (n) => ({ id: `${owner}-item${n}`, name: `Item ${n}`, stock, priceCents }));
      await Promise.all([admin.addUsers({ run: owner, users }), admin.addItems({ run: owner, items })]);
      return { userIds: users.map(({ id }) => id), itemIds: items.map(({ id }) => id) };
    },
  };

  async function apply(service: ServiceName, policies: Readonly<Record<string, Policy>>): Promise<void> {
    const undo = { kind: 'policies' as const, service, policies: declaredPolicies(service) };
    await keeper.call({ op: 'undo.add', key: `${run}/policies/${service}`, undo, ttlMs: null });
    const own = linksFrom(service).flatMap(({ id }) => {
      const policy = policies[id];
      return policy === undefined ? [] : [[id, policy] as const];
    });
    await admin.setPolicies(service, { links: Object.fromEntries(own) });
  }
}

const numbered = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index + 1));
