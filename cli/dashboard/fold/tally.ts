// What became of the arrivals of a stretch, counted as they end.
import type { Outcome } from '../../../services/contract/events.ts';
import { growingHistogram, quantile } from '../../metrics/histogram.ts';
import type { Tally } from '../view.ts';

export interface TallyFold {
  readonly add: (outcome: Outcome, ms: number | null) => void;
  readonly tally: () => Tally;
}

export function createTally(): TallyFold {
  const counts: Record<Outcome, number> = { ...none.counts };
  const durations = growingHistogram();
  let planned = 0;
  let known: Tally | null = null;
  return {
    add: (outcome, ms) => {
      planned += 1;
      counts[outcome] += 1;
      if (ms !== null) durations.record(ms);
      known = null;
    },
    tally: () => {
      const histogram = durations.read();
      const at = (q: number): number | null => (histogram.n === 0 ? null : quantile(histogram, q));
      known ??= { planned, counts: { ...counts }, p50: at(0.5), p99: at(0.99) };
      return known;
    },
  };
}

export const none: Tally = {
  planned: 0,
  counts: { success: 0, declined: 0, rejected: 0, failed: 0, unknown: 0, dropped: 0 },
  p50: null,
  p99: null,
};
