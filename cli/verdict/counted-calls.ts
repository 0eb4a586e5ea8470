// Which calls a breaker's rule counts, and which of them the record cannot tell apart in time.
import type { EventOf } from '../../services/contract/events.ts';

/**
 * Admitted since the breaker last moved, and neither refused nor cancelled. `generation` null: the breaker has not moved
 * yet in this record, and may have before it.
 */
export const counts = ({ admitted, outcome, ...call }: EventOf<'call'>, generation: number | null): boolean =>
  admitted &&
  (outcome === 'success' || outcome === 'failure') &&
  (generation === null || call.generation === generation);

/** One refused connection can fail several calls at once: the caller tells them all, and only then its breaker hears of the first. */
const sameInstantMs = 1;

export const isSameInstant = (at: number, later: number): boolean => later - at <= sameInstantMs;
