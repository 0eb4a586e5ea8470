import { expect, it } from 'vitest';
import { ruleFigure } from './rule-figure.ts';

const rate = { rule: 'rate', windowMs: 10_000, minimum: 20, percent: 50, openForMs: 10_000 } as const;

it('tells how near a breaker is to opening, by its own rule', () => {
  const consecutive = { rule: 'consecutive', failureThreshold: 3, openForMs: 10_000 } as const;

  expect([
    ruleFigure(consecutive, { streak: 2 }),
    ruleFigure(rate, { streak: 2, window: { calls: 12, failures: 4 } }),
    ruleFigure(rate, { streak: 0, window: { calls: 0, failures: 0 } }),
  ]).toEqual(['streak 2/3', 'window 12/20 calls, 33 % failed', 'window 0/20 calls']);
});

it('does not round what is not yet enough up to what is', () => {
  expect(ruleFigure(rate, { streak: 0, window: { calls: 201, failures: 100 } })).toBe(
    'window 201/20 calls, 49 % failed',
  );
});
