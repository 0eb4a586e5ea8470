// Sequence numbers that are missing from a journal: lines that were lost after they had been seen.
import type { RunEvent } from '../../services/contract/events.ts';
import { bySequence } from './in-order.ts';

export interface Hole {
  readonly of: string;
  readonly after: number;
  readonly next: number;
}

/** A service's events may begin at any number (it is older than the run); the runner's begin at 1. */
export function holesIn(events: readonly RunEvent[]): readonly Hole[] {
  const bySource = Map.groupBy(events, ({ src }) => src);
  return [...bySource].flatMap(([of, own]) => {
    const sorted = bySequence(own);
    let after = of === 'runner' ? 0 : (sorted[0]?.seq ?? 0);
    const holes: Hole[] = [];
    for (const { seq: next } of sorted) {
      if (next - after > 1) holes.push({ of, after, next });
      after = next;
    }
    return holes;
  });
}
