// Calls by the id of their attempt: what joins them with what the callee saw.
import type { EventOf } from '../../services/contract/events.ts';

export function byAttempt(calls: Iterable<EventOf<'call'>>): ReadonlyMap<string, EventOf<'call'>> {
  // Entry by entry: a list of pairs of a million calls would outweigh the map.
  const known = new Map<string, EventOf<'call'>>();
  for (const call of calls) known.set(call.attempt, call);
  return known;
}
