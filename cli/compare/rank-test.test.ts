import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectOf, middleOf } from './effect.ts';
import { rankTest, shareUpTo } from './rank-test.ts';

/** Every way to choose `size` of the values: the slow and obvious way. */
function* subsets<T>(values: readonly T[], size: number): Generator<readonly T[]> {
  if (size === 0) return yield [];
  for (const [index, value] of values.entries()) {
    for (const rest of subsets(values.slice(index + 1), size - 1)) yield [value, ...rest];
  }
}

function byBruteForce(first: readonly number[], second: readonly number[]) {
  const all = [...first, ...second];
  const rank = (value: number): number =>
    all.filter((other) => other < value).length + (all.filter((other) => other === value).length + 1) / 2;
  const rankSum = (values: readonly number[]): number => values.reduce((sum, value) => sum + rank(value), 0);
  const sums = [...subsets(all, second.length)].map(rankSum);
  const observed = rankSum(second);
  return {
    larger: sums.filter((sum) => sum >= observed).length / sums.length,
    smaller: sums.filter((sum) => sum <= observed).length / sums.length,
  };
}

const group = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 5 });

describe('the rank test', () => {
  it('gives what trying every permutation gives, ties included', () => {
    fc.assert(
      fc.property(group, group, (first, second) => {
        const [fast, slow] = [rankTest(first, second), byBruteForce(first, second)];
        expect(fast.larger).toBeCloseTo(slow.larger, 12);
        expect(fast.smaller).toBeCloseTo(slow.smaller, 12);
      }),
    );
  });

  it('of five and five that do not overlap is 1 of 252', () => {
    expect(rankTest([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])).toEqual({ larger: 1 / 252, smaller: 1 });
    expect([0, 1, 2].map((u) => shareUpTo(u, 5, 5))).toEqual([1 / 252, 2 / 252, 4 / 252]);
  });

  it('of equal values says that nothing differs', () => {
    expect(rankTest([3, 3, 3], [3, 3])).toEqual({ larger: 1, smaller: 1 });
  });

  it('turns round when the groups do', () => {
    fc.assert(
      fc.property(group, group, (first, second) => {
        expect(rankTest(first, second).larger).toBeCloseTo(rankTest(second, first).smaller, 12);
      }),
    );
  });

  it('does not care about any order-keeping change of scale', () => {
    fc.assert(
      fc.property(group, group, (first, second) => {
        const cubed = (values: readonly number[]) => values.map((value) => value ** 3 + 7);
        expect(rankTest(cubed(first), cubed(second))).toEqual(rankTest(first, second));
      }),
    );
  });

  it('is exact for many runs, too: 30 and 30 in a moment', () => {
    const [first, second] = [0, 30].map((from) => Array.from({ length: 30 }, (_, index) => from + index));

    expect(rankTest(first ?? [], second ?? []).larger).toBeCloseTo(1 / 1.1826458e17, 20);
  });
});

describe('the effect', () => {
  const values = fc.array(fc.double({ min: 0, max: 1_000, noNaN: true }), { minLength: 5, maxLength: 5 });

  it('is the shift, wherever both groups lie', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: -500, max: 500 }), (first, by) => {
        const second = first.map((value) => value + by);
        expect(effectOf(first, second, 0.01).shift).toBeCloseTo(by, 6);
      }),
    );
  });

  it('lies in its interval, which is that of the test: it leaves zero out only where the test says so', () => {
    fc.assert(
      fc.property(values, values, (first, second) => {
        const { shift, interval } = effectOf(first, second, 0.01);
        expect(interval).not.toBeNull();
        const [low, high] = interval ?? [0, 0];
        expect(low).toBeLessThanOrEqual(shift);
        expect(high).toBeGreaterThanOrEqual(shift);
        if (low > 0) expect(rankTest(first, second).larger).toBeLessThanOrEqual(0.01);
        if (high < 0) expect(rankTest(first, second).smaller).toBeLessThanOrEqual(0.01);
      }),
    );
  });

  it('has no interval of runs too few to have one', () => {
    expect(effectOf([1, 2, 3], [4, 5, 6], 0.01)).toEqual({ shift: 3, interval: null });
  });

  it('takes the middle of an even number between two', () => {
    expect([middleOf([1, 2, 3, 10]), middleOf([1, 2, 3]), middleOf([])]).toEqual([2.5, 2, 0]);
  });
});
