// The sliding window of a rate rule, counted from the record alone and anew at each failure.
import type { Window } from '../../services/contract/events.ts';
import type { RatePolicy } from '../../services/contract/policy.ts';
import { counted, percent } from './figures.ts';

/** A call that counted, by when it ended. */
export interface Counted {
  readonly at: number;
  readonly failed: boolean;
}

export interface View {
  readonly now: number;
  readonly windowMs: number;
  /** By how much two times of the record may be wrong to each other, ms. */
  readonly blurMs: number;
}

/**
 * What may have been in view, the widest first: one window, unless a call lies so near to the edge that the clocks cannot
 * say on which side. `calls` in the order of completion.
 */
export function windowsAt(calls: readonly Counted[], { now, windowMs, blurMs }: View): readonly [Window, ...Window[]] {
  const first = calls.findIndex(({ at }) => now - at < windowMs + blurMs);
  const maybe = first < 0 ? [] : calls.slice(first);
  const atEdge = maybe.filter(({ at }) => now - at >= windowMs - blurMs).length;
  return [sum(maybe), ...Array.from({ length: atEdge }, (_, index) => sum(maybe.slice(index + 1)))];
}

/** Multiplied out: a quotient is not exact, and 29 of 100 are 29 %. */
export const reaches = ({ calls, failures }: Window, { minimum, percent: limit }: RatePolicy): boolean =>
  calls >= minimum && failures * 100 >= limit * calls;

export const isSameWindow = (a: Window, b: Window): boolean => a.calls === b.calls && a.failures === b.failures;

/** `60 % of 25 calls failed`. */
export const windowText = ({ calls, failures }: Window): string =>
  calls === 0 ? 'no call in the window' : `${percent(failures / calls)} of ${counted(calls, 'call')} failed`;

// --- internal ---

const sum = (calls: readonly Counted[]): Window => ({
  calls: calls.length,
  failures: calls.filter(({ failed }) => failed).length,
});
