// The contract of every circuit breaker, whatever its scenario promises: what its link's declared policy implies. The rule, the
// wait and the probe are in policy-checks.ts; here is everything else.
//
//   B2 nothing passes while open · B3 overshoot · B12 business answers · B13 slow is not failed · B14 legal transitions ·
//   B15 late results change nothing · B16 no probe wedges it · B17 retries · B18 every opening has its cause
import { checkArrivals } from './arrivals.ts';
import { checkAttempts, type RetryBudget } from './attempts.ts';
import { checkCounting } from './counting.ts';
import { checkHalfOpen } from './half-open.ts';
import type { LinkHistory } from './history.ts';
import { checkMoves } from './moves.ts';
import { checkOvershoot } from './overshoot.ts';
import type { Violation } from './violation.ts';

/** What a link may declare beyond its breaker; absent: it declares no such layer, and nothing is held against it. */
export interface Layers {
  readonly mostInFlight?: number;
  readonly retries?: RetryBudget;
}

/** By when they happened; of each property the first. */
export const violationsOf = (history: LinkHistory, { mostInFlight, retries }: Layers = {}): readonly Violation[] =>
  [
    ...checkMoves(history),
    ...checkArrivals(history),
    ...checkCounting(history),
    ...checkHalfOpen(history),
    ...(mostInFlight === undefined ? [] : checkOvershoot(history, mostInFlight)),
    ...(retries === undefined ? [] : checkAttempts(history, retries)),
  ].toSorted((a, b) => a.at - b.at);
