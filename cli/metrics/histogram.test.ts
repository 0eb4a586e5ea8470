import fc from 'fast-check';
import { expect, it } from 'vitest';
import { percentileOf } from './distribution.ts';
import { histogramOf, quantile } from './histogram.ts';

const values = fc.array(fc.double({ min: 0, max: 600_000, noNaN: true }), { minLength: 1, maxLength: 300 });

it('gives any quantile within 1 % (0.005 ms near zero) of the exact one', () => {
  fc.assert(
    fc.property(values, fc.constantFrom(1, 50, 95, 99, 100), (some, percent) => {
      const exact = percentileOf(
        some.toSorted((a, b) => a - b),
        percent,
      );
      const error = Math.abs(quantile(histogramOf(some), percent / 100) - exact);
      expect(error).toBeLessThanOrEqual(Math.max(0.005, exact * 0.01) + 1e-9);
    }),
  );
});

it('has no quantile of nothing, and counts what is below zero as zero', () => {
  expect([quantile(histogramOf([]), 0.99), histogramOf([-3]).max, quantile(histogramOf([-3]), 0.5)]).toEqual([0, 0, 0]);
});

it('keeps a value beyond its range in the last bucket', () => {
  expect(quantile(histogramOf([1e12]), 1)).toBeGreaterThan(10_000_000);
});
