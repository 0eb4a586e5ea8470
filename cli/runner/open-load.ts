// The open-model generator: send i starts at its planned time, never relative to an answer (no coordinated omission).
// A send that finds no room is dropped and counted; how late each send was is recorded.
import { loadMeter } from './load-meter.ts';
import { type JourneyOptions, keyOf, labels, walkJourney } from './walk-journey.ts';

export interface OpenLoadOptions extends JourneyOptions {
  readonly load: string;
  /** ms since the load's start, ascending. */
  readonly due: Float64Array;
  readonly maxInFlight: number;
  /** No further sends. */
  readonly stop: AbortSignal;
}

/** Resolves when every journey that was begun has ended. */
export async function generateOpenLoad(options: OpenLoadOptions): Promise<void> {
  const { load, due, maxInFlight, clock, recorder, stop } = options;
  const startAt = recorder.now();
  const inFlight = new Set<Promise<void>>();
  const meter = loadMeter(load, recorder);

  function launch(index: number, dueAt: number): void {
    if (inFlight.size >= maxInFlight) {
      meter.dropped();
      recorder.emit(droppedArrival(options, index, dueAt));
      return;
    }
    meter.sent(recorder.now() - dueAt);
    const walk = walkJourney(options, { load, index }, dueAt).finally(() => inFlight.delete(walk));
    inFlight.add(walk);
  }

  let next = 0;
  try {
    while (next < due.length && !stop.aborted) {
      const nextTick = meter.tick(inFlight.size);
      const dueAt = startAt + (due[next] ?? 0);
      if (dueAt <= recorder.now()) {
        launch(next, dueAt);
        next += 1;
      } else {
        await clock.sleep(Math.min(dueAt, nextTick) - recorder.now(), stop);
      }
    }
  } catch (error) {
    if (!stop.aborted) throw error;
  }
  meter.end(inFlight.size);
  await Promise.all(inFlight);
}

// --- internal ---

const droppedArrival = (options: OpenLoadOptions, index: number, dueAt: number) => ({
  type: 'request' as const,
  load: options.load,
  index,
  key: keyOf(options.run, { load: options.load, index }),
  dueAt,
  sentAt: null,
  doneAt: options.recorder.now(),
  status: null,
  outcome: 'dropped' as const,
  ...labels(options),
});
