// What a generator has done so far, told once a second.
import { histogramOf, quantile } from '../metrics/histogram.ts';
import type { Recorder } from './recorder.ts';

export interface LoadMeter {
  sent(lateMs: number): void;
  dropped(): void;
  /** Tells when a second is over; answers with when the next one will be, ms since the run's start. */
  tick(inFlight: number): number;
  /** Tells what is left of the last second. */
  end(inFlight: number): void;
}

const tickMs = 1_000;

export function loadMeter(load: string, recorder: Recorder): LoadMeter {
  const total = { planned: 0, sent: 0, dropped: 0 };
  let lateness: number[] = [];
  let nextTick = recorder.now() + tickMs;

  function tell(inFlight: number): void {
    recorder.emit({ type: 'load.tick', load, ...total, inFlight, lateness: summary(lateness) });
    lateness = [];
    nextTick += tickMs;
  }

  return {
    sent: (lateMs) => {
      total.planned += 1;
      total.sent += 1;
      lateness.push(lateMs);
    },
    dropped: () => {
      total.planned += 1;
      total.dropped += 1;
    },
    tick: (inFlight) => {
      if (recorder.now() >= nextTick) tell(inFlight);
      return nextTick;
    },
    end: tell,
  };
}

function summary(values: readonly number[]) {
  const histogram = histogramOf(values);
  return { p50: quantile(histogram, 0.5), p99: quantile(histogram, 0.99), max: histogram.max };
}
