// One figure of two groups of runs → what became of it. The error that matters is a false alarm: `alpha` for each side of each
// figure, so that two figures that decide raise one in at most 2 % of comparisons of runs that do not differ.

import { effectOf, middleOf } from './effect.ts';
import type { Unit } from './figures.ts';
import { rankTest } from './rank-test.ts';

export const alpha = 0.01;

export const figureOutcomes = ['regressed', 'not enough data', 'improved', 'same'] as const;
export type FigureOutcome = (typeof figureOutcomes)[number];

/** The smallest effect that anybody would act on: both must be reached. */
export interface Smallest {
  /** In the figure's unit. */
  readonly absolute: number;
  /** Of the base's middle, 0..1. */
  readonly relative: number;
}

export const standardSmallest: Readonly<Record<Unit, Smallest>> = {
  ms: { absolute: 5, relative: 0.1 },
  orders: { absolute: 1, relative: 0.1 },
  calls: { absolute: 1, relative: 0.1 },
};

/** "Same" must at least rule out a change of so many times the smallest that matters. */
const ruledOut = 5;

export interface Decided {
  readonly outcome: FigureOutcome;
  /** Of the runs of either side; null: no run has the figure. */
  readonly base: number | null;
  readonly head: number | null;
  /** Head minus base. */
  readonly shift: number;
  readonly interval: readonly [number, number] | null;
  /** How likely a difference of this size, in this direction, is by chance alone. */
  readonly p: number;
  /** The smallest relevant effect, in the figure's unit. */
  readonly relevant: number;
}

export type Values = readonly (number | null)[];

export function decide(baseValues: Values, headValues: Values, smallest: Smallest): Decided {
  const [base, head] = [baseValues.filter(isNumber), headValues.filter(isNumber)];
  const middle = base.length === 0 ? 0 : middleOf(base);
  const relevant = Math.max(smallest.absolute, smallest.relative * Math.abs(middle));
  const { larger, smaller } = rankTest(base, head);
  const { shift, interval } = effectOf(base, head, alpha);
  const seen = {
    base: base.length === 0 ? null : middle,
    head: head.length === 0 ? null : middleOf(head),
    ...{ shift, interval, relevant },
    p: Math.min(larger, smaller),
  };
  const isWhole = base.length === baseValues.length && head.length === headValues.length;
  // Without an interval no values at all could differ by more than chance.
  if (!isWhole || interval === null) return { ...seen, outcome: 'not enough data' };
  if (larger <= alpha && shift >= relevant) return { ...seen, outcome: 'regressed' };
  if (smaller <= alpha && -shift >= relevant) return { ...seen, outcome: 'improved' };
  return { ...seen, outcome: interval[1] > ruledOut * relevant ? 'not enough data' : 'same' };
}

// --- internal ---

const isNumber = (value: number | null): value is number => value !== null;
