// The policy of every link in a run: the fleet's own, with what the scenario overrides.
import type { Policy } from '../../services/contract/policy.ts';
import { type LinkId, links } from '../../services/fleet.ts';
import type { LinkOverride, Scenario } from './schema.ts';

export function policiesOf({ fleet }: Pick<Scenario, 'fleet'>): Readonly<Record<string, Policy>> {
  return Object.fromEntries(links.map(({ id, policy }) => [id, overridden(policy, fleet.links[id])]));
}

export function overridden(policy: Policy, override: LinkOverride | undefined): Policy {
  const { timeoutMs = policy.timeoutMs, breaker } = override ?? {};
  if (breaker === 'off' || policy.breaker === null) return { timeoutMs, breaker: null };
  if (breaker === undefined) return { timeoutMs, breaker: policy.breaker };
  const { openForMs } = policy.breaker;
  if (breaker.rule === 'rate') return { timeoutMs, breaker: { openForMs, ...breaker } };
  const declared = policy.breaker.rule === 'consecutive' ? policy.breaker : fallback;
  return { timeoutMs, breaker: { ...declared, openForMs, ...breaker } };
}

/** Where the fleet declares another rule and the scenario asks for this one without saying how many. */
const fallback = { rule: 'consecutive', failureThreshold: 3 } as const;

export const isDatabaseLink = (link: LinkId): boolean => links.some(({ id, callee }) => id === link && callee === 'db');
