import { describe, expect, it } from 'vitest';
import type { Policy } from '../../services/contract/policy.ts';
import { links } from '../../services/fleet.ts';
import { lintPolicies } from './lint-policies.ts';

const declared: Readonly<Record<string, Policy>> = Object.fromEntries(links.map(({ id, policy }) => [id, policy]));
const consecutive = (failureThreshold: number, openForMs = 2_000) => ({
  rule: 'consecutive' as const,
  failureThreshold,
  openForMs,
});
const rate = (minimum: number, percent: number, windowMs = 1_000) => ({
  rule: 'rate' as const,
  minimum,
  percent,
  windowMs,
  openForMs: 2_000,
});

const warnings = (policy: Policy, perSecond = 40, attempts = {}) =>
  lintPolicies({ policies: { ...declared, 'order->payment': policy }, perSecond, attempts }).map(
    ({ link, rule, message }) => `${link} ${rule}: ${message}`,
  );

it('finds nothing wrong with what the fleet declares', () => {
  expect(lintPolicies({ policies: declared, perSecond: 40 })).toEqual([]);
});

it('says when a window never holds enough calls', () => {
  expect(warnings({ timeoutMs: 500, breaker: rate(100, 50) })).toEqual([
    'order->payment never-opens: 40/s x 1s = 40 calls in the window, fewer than the minimum of 100: it never opens',
  ]);
  expect(warnings({ timeoutMs: 500, breaker: rate(20, 50) })).toEqual([]);
});

describe('says when the noise of a healthy dependency opens a breaker again and again', () => {
  it('that counts in a row', () => {
    // (1 - 0.01) / (0.99 * 0.01) = 100 calls to the first failure.
    expect(warnings({ timeoutMs: 500, breaker: consecutive(1) })).toEqual([
      'order->payment flaps: a dependency that fails 1 % of its calls opens it every 100 calls on average, at 40/s every 2.5 s, for 2s each',
    ]);
    // (1 - 0.0001) / (0.99 * 0.0001) = 10,100 calls: 4 minutes at 40/s, and 2 s of them open.
    expect(warnings({ timeoutMs: 500, breaker: consecutive(2) })).toEqual([]);
    expect(warnings({ timeoutMs: 500, breaker: consecutive(2, 60_000) })).toHaveLength(1);
  });

  it('that counts in a window', () => {
    expect(warnings({ timeoutMs: 500, breaker: rate(5, 20) })).toHaveLength(1);
    expect(warnings({ timeoutMs: 500, breaker: rate(20, 50) })).toEqual([]);
  });
});

it('says when a call from before the opening can decide the half-open state', () => {
  const told = warnings({ timeoutMs: 2_000, breaker: consecutive(3) });

  expect(told).toContainEqual(expect.stringContaining('order->payment wedges: timeout 2s >= openFor 2s'));
});

it('says when a caller gives up before its callee does', () => {
  const policies = { ...declared, 'gateway->order': { timeoutMs: 2_000, breaker: consecutive(3, 10_000) } };

  expect(lintPolicies({ policies, perSecond: 40 })).toMatchObject([
    {
      link: 'gateway->order',
      rule: 'gives-up-first',
      message:
        'order may take 1s (order->user) + 1s (order->inventory) + 1s (order->payment) = 3s and still answer, and gateway->order gives up after 2s',
    },
  ]);
});

it('says when retries multiply', () => {
  const attempts = { 'gateway->order': 3, 'order->payment': 4 };

  expect(lintPolicies({ policies: declared, perSecond: 40, attempts })).toMatchObject([
    {
      rule: 'retries-multiply',
      message: '3 tries of gateway->order x 4 tries of order->payment = 12 calls of one request',
    },
  ]);
});
