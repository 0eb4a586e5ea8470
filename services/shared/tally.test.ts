import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beyondLimit, createTally } from './tally.ts';

describe('a tally', () => {
  it('counts each set of label values on its own', () => {
    const tally = createTally();
    tally.add(['order->payment', 'success']);
    tally.add(['order->payment', 'failure']);
    tally.add(['order->payment', 'success']);
    expect(tally.series().map(({ labels, count }) => [...labels, count])).toEqual([
      ['order->payment', 'success', 2],
      ['order->payment', 'failure', 1],
    ]);
  });

  it('counts a value that equals a bound as within it', () => {
    const tally = createTally({ bounds: [1, 2] });
    for (const value of [1, 1.5, 2, 2.5]) tally.add([], value);
    expect(tally.series()).toEqual([{ labels: [], count: 4, sum: 7, atMost: [1, 3] }]);
  });

  it('stays small whatever it is fed, and loses no count', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 60 }), fc.nat({ max: 8 }), (fed, limit) => {
        const tally = createTally({ limit });
        for (const labels of fed) tally.add(labels);
        const series = tally.series();
        expect(series.length).toBeLessThanOrEqual(limit + 1);
        expect(series.reduce((sum, { count }) => sum + count, 0)).toBe(fed.length);
        for (const { labels } of series) expect(labels).toHaveLength(2);
      }),
    );
    expect(beyondLimit).toBe('other');
  });

  it('has as many values at most each bound as were fed', () => {
    const bounds = [-1, 0, 0.5, 3];
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -5, max: 5 })), (values) => {
        const tally = createTally({ bounds });
        for (const value of values) tally.add([], value);
        const counted = tally.series()[0]?.atMost ?? bounds.map(() => 0);
        expect(counted).toEqual(bounds.map((bound) => values.filter((value) => value <= bound).length));
      }),
    );
  });
});
