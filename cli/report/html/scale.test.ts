import fc from 'fast-check';
import { expect, it } from 'vitest';
import { linear, logarithmic, niceStep, ticks } from './scale.ts';

it('begins at nothing and ends at a round value above the highest', () => {
  expect(linear(6).marks).toEqual([0, 2, 4, 6, 8]);
  expect([linear(6).y(0), linear(6).y(8), linear(6).y(2)]).toEqual([100, 0, 75]);
  expect(linear(0).marks.at(-1)).toBeGreaterThanOrEqual(1);
});

it('counts in powers of ten', () => {
  const { marks, y } = logarithmic(3, 800);
  expect(marks).toEqual([1, 10, 100, 1_000]);
  expect([y(1), y(10), y(1_000), y(0)]).toEqual([100, 66.667, 0, 100]);
});

it('has every value on the chart', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e7, noNaN: true }), fc.double({ min: 0, max: 1e7, noNaN: true }), (a, b) => {
      const [least, most] = [Math.min(a, b), Math.max(a, b)];
      for (const { y } of [linear(most), logarithmic(least, most)]) {
        for (const value of [least, most]) {
          expect(y(value)).toBeGreaterThanOrEqual(-0.001);
          expect(y(value)).toBeLessThanOrEqual(100);
        }
      }
    }),
  );
});

it('has about ten round moments on the axis', () => {
  expect(ticks(14_287)).toEqual([0, 2_000, 4_000, 6_000, 8_000, 10_000, 12_000, 14_000]);
  expect([0.3, 1, 7, 31].map(niceStep)).toEqual([0.5, 1, 10, 50]);
});
