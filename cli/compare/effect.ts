// By how much do two groups of runs differ? The Hodges-Lehmann shift (the median of all differences of a run of the second
// group and one of the first), with the interval that belongs to the rank-sum test: runs count, never the requests in them.
import { medianOf } from '../metrics/distribution.ts';
import { shareUpTo } from './rank-test.ts';

export interface Effect {
  /** Second minus first. */
  readonly shift: number;
  /** Holds the true shift but for `alpha` on each side; null: there are too few runs to say. */
  readonly interval: readonly [number, number] | null;
}

export function effectOf(first: readonly number[], second: readonly number[], alpha: number): Effect {
  const differences = second.flatMap((value) => first.map((other) => value - other)).sort((a, b) => a - b);
  const skipped = skippedAtEachEnd(first.length, second.length, alpha);
  const [low, high] = [differences[skipped - 1], differences.at(-skipped)];
  return {
    shift: middleOf(differences),
    interval: skipped === 0 || low === undefined || high === undefined ? null : [low, high],
  };
}

/** Of an even number of values the mean of the two in the middle. */
export function middleOf(values: readonly number[]): number {
  const low = medianOf(values);
  const high = -medianOf(values.map((value) => -value));
  return (low + high) / 2;
}

// --- internal ---

/** The k-th smallest difference is the lower end, for the largest k with P(U < k) <= alpha; 0: there is none. */
function skippedAtEachEnd(first: number, second: number, alpha: number): number {
  let k = 0;
  while (k < (first * second) / 2 && shareUpTo(k, first, second) <= alpha) k += 1;
  return k;
}
