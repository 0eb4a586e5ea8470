import { expect, it } from 'vitest';
import type { RatePolicy } from '../contract/policy.ts';
import { rateRule } from './rate-rule.ts';

const aRule = (overrides: Partial<RatePolicy> = {}) => {
  const rule = rateRule({ rule: 'rate', windowMs: 1_000, minimum: 4, percent: 50, openForMs: 10_000, ...overrides });
  /** One letter each, S success, F failure, 1 ms apart. */
  const countAll = (letters: string, from = 0): readonly boolean[] =>
    [...letters].map((letter, index) =>
      rule.count({ outcome: letter === 'S' ? 'success' : 'failure', at: from + index, streak: 0 }),
    );
  return { rule, countAll };
};
const openings = (decisions: readonly boolean[]) => decisions.flatMap((opens, index) => (opens ? [index + 1] : []));

it('opens at the failure that makes the minimum, not before it and not one later', () => {
  expect(openings(aRule().countAll('FFFF'))).toEqual([4]);
});

it('opens at exactly the percentage', () => {
  expect(openings(aRule().countAll('SSFF'))).toEqual([4]);
  expect(openings(aRule().countAll('SSSFF'))).toEqual([]);
  expect(openings(aRule({ percent: 100 }).countAll('SFFFF'))).toEqual([]);
});

it('never opens at a success, even where it makes the minimum', () => {
  expect(openings(aRule().countAll('FFFS'))).toEqual([]);
});

it('takes 29 of 100 for 29 %', () => {
  const letters = 'S'.repeat(71) + 'F'.repeat(29);
  expect(openings(aRule({ minimum: 100, percent: 29 }).countAll(letters))).toEqual([100]);
});

it('keeps a call in view for less than the window', () => {
  const { rule, countAll } = aRule();
  countAll('FS');
  expect(rule.window(999)).toEqual({ calls: 2, failures: 1 });
  expect(rule.window(1_000)).toEqual({ calls: 1, failures: 0 });
  expect(rule.window(1_001)).toEqual({ calls: 0, failures: 0 });
});

it('is not moved by who looks', () => {
  const { rule, countAll } = aRule();
  countAll('FFF');
  rule.window(5_000);
  expect(openings(countAll('F', 900))).toEqual([1]);
});

it('counts right through thousands of calls that come and go', () => {
  const { rule, countAll } = aRule({ windowMs: 10, minimum: 11 });
  countAll('SF'.repeat(5_000));
  expect(rule.window(9_999)).toEqual({ calls: 10, failures: 5 });
});

it('forgets everything when the breaker closes', () => {
  const { rule, countAll } = aRule();
  countAll('FFF');
  rule.reset();
  expect(openings(countAll('FFF', 3))).toEqual([]);
});
