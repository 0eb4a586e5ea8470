import { describe, expect, it } from 'vitest';
import { policySchema } from './policy.ts';

const rules = {
  consecutive: { rule: 'consecutive', failureThreshold: 3, openForMs: 2_000 },
  rate: { rule: 'rate', windowMs: 10_000, minimum: 20, percent: 50, openForMs: 2_000 },
} as const;
const isValid = (breaker: object | null, timeoutMs = 500) => policySchema.safeParse({ timeoutMs, breaker }).success;

describe.each(Object.values(rules))('a policy of the rule $rule', (breaker) => {
  it('is taken as it is', () => {
    expect(policySchema.parse({ timeoutMs: 500, breaker })).toEqual({ timeoutMs: 500, breaker });
  });

  it('needs a timeout shorter than openFor', () => {
    expect([isValid(breaker, 1_999), isValid(breaker, 2_000)]).toEqual([true, false]);
  });

  it('knows no key of the other rule', () => {
    expect(isValid({ ...rules.rate, ...rules.consecutive, rule: breaker.rule })).toBe(false);
  });
});

it.each([{ windowMs: 0 }, { minimum: 0 }, { minimum: 1.5 }, { percent: 0 }, { percent: 100.1 }])(
  'refuses a rate of %j',
  (wrong) => {
    expect(isValid({ ...rules.rate, ...wrong })).toBe(false);
  },
);
