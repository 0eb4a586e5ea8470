// Sequence numbers that are missing from a journal: lines that were lost after they had been seen.
import type { RunEvent } from '../../services/contract/events.ts';

export interface Hole {
  readonly of: string;
  readonly after: number;
  readonly next: number;
}

/** A service's events may begin at any number (it is older than the run); the runner's begin at 1. */
export function holesIn(events: readonly RunEvent[]): readonly Hole[] {
  const bySource = Map.groupBy(events, ({ src }) => src);
  return [...bySource].flatMap(([of, own]) => {
    const numbers = own.map(({ seq }) => seq).sort((a, b) => a - b);
    const first = of === 'runner' ? 0 : (numbers[0] ?? 0);
    return numbers.flatMap((next, index) => {
      const after = numbers[index - 1] ?? first;
      return next - after > 1 ? [{ of, after, next }] : [];
    });
  });
}
