import { expect, it } from 'vitest';
import { foldRun } from '../metrics/fold.ts';
import { checkPolicy } from './policy-checks.ts';
import { aCall, aMove, type Draft, from } from './testing/events.ts';

const rate = { rule: 'rate', windowMs: 10_000, minimum: 20, percent: 50, openForMs: 10_000 } as const;
const failures = Array.from({ length: 20 }, (_, index) => aCall({ at: index * 100, outcome: 'failure' }));
const checked = (...drafts: readonly Draft[]) =>
  checkPolicy(foldRun(from('order/1', [...failures, ...drafts])), 'order->payment', rate);

it('holds a breaker to the rule that it declares', () => {
  const checks = checked(aMove('open', { at: 1_900 }));
  expect(checks.map(({ key, title, expected, finding }) => [finding.standing, key, title, expected])).toEqual([
    ['passed', 'rate', 'opens at 50 % of at least 20 calls in 10 s', '>= 50 % of >= 20 calls'],
    ['passed', 'openFor', 'stays open for 10 s', '10 s'],
    ['passed', 'probe', 'sends one probe when half-open', '1 probe, which decides'],
  ]);

  const [rule] = checked(aCall({ at: 2_000, outcome: 'failure' }), aMove('open', { at: 2_000 }));
  expect(rule?.finding).toMatchObject({
    standing: 'failed',
    observed: 'still closed after 100 % of 20 calls failed at 1.900s',
  });
});
