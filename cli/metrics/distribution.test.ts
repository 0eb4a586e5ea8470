import { expect, it } from 'vitest';
import { distributionOf, medianOf, percentileOf } from './distribution.ts';

const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1);

it('takes percentiles by nearest rank', () => {
  expect([
    percentileOf(upTo(200), 99),
    percentileOf(upTo(100), 99),
    percentileOf([7], 50),
    percentileOf([], 50),
  ]).toEqual([198, 99, 7, 0]);
});

it('does not need sorted values', () => {
  expect(distributionOf([5, 1, 4, 2, 3])).toEqual({ n: 5, p50: 3, p95: 5, p99: 5, max: 5, avg: 3 });
  expect(medianOf([9, 1, 5])).toBe(5);
});
