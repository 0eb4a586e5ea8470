import { expect, it } from 'vitest';
import { policiesOf } from './policies.ts';
import { aScenario } from './testing/a-scenario.ts';

it("are the fleet's own with what the scenario overrides", () => {
  const links =
    '{ order->payment: { timeout: 500ms, breaker: { openFor: 2s } }, order->user: { breaker: off }, order->db: { timeout: 1s } }';
  const policies = policiesOf(aScenario({ fleet: `{ links: ${links} }` }).scenario);

  expect(Object.keys(policies)).toHaveLength(10);
  expect([
    policies['order->payment'],
    policies['order->user'],
    policies['order->db'],
    policies['order->inventory'],
  ]).toEqual([
    { timeoutMs: 500, breaker: { rule: 'consecutive', failureThreshold: 3, openForMs: 2_000 } },
    { timeoutMs: 1_000, breaker: null },
    { timeoutMs: 1_000, breaker: null },
    { timeoutMs: 1_000, breaker: { rule: 'consecutive', failureThreshold: 3, openForMs: 10_000 } },
  ]);
});
