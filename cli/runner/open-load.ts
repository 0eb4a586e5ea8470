// The open-model generator: send i starts at its planned time, never relative to an answer (no coordinated omission).
// A send that finds no room is dropped and counted; how late each send was is recorded.
import { loadMeter } from './load-meter.ts';
import type { Schedule } from './schedule.ts';
import { type JourneyOptions, keyOf, labels, walkJourney } from './walk-journey.ts';

export interface OpenLoadOptions extends JourneyOptions {
  readonly load: string;
  readonly schedule: Schedule;
  /** Called with the way to set another rate, once the load has begun; answers with the rate before. */
  readonly onBegun: (setRate: (perSecond: number) => number) => void;
  readonly maxInFlight: number;
  /** No further sends. */
  readonly stop: AbortSignal;
}

/** Resolves when it has been stopped and every journey that was begun has ended. */
export async function generateOpenLoad(options: OpenLoadOptions): Promise<void> {
  const { load, schedule, onBegun, maxInFlight, clock, recorder, stop } = options;
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

  /** Aborted when what is slept for is no longer what comes next. */
  let changed = new AbortController();
  let awake = AbortSignal.any([stop, changed.signal]);
  onBegun((perSecond) => {
    const at = recorder.now() - startAt;
    const before = schedule.rateAt(at);
    schedule.change(at, perSecond);
    changed.abort();
    return before;
  });

  let index = 0;
  while (!stop.aborted) {
    const nextTick = meter.tick(inFlight.size);
    // A load without arrivals to come may be given some.
    const dueAt = startAt + (schedule.next() ?? Number.POSITIVE_INFINITY);
    if (dueAt <= recorder.now()) {
      schedule.take();
      launch(index, dueAt);
      index += 1;
      continue;
    }
    try {
      await clock.sleep(Math.min(dueAt, nextTick) - recorder.now(), awake);
    } catch (error) {
      if (!awake.aborted) throw error;
    }
    if (!changed.signal.aborted) continue;
    changed = new AbortController();
    awake = AbortSignal.any([stop, changed.signal]);
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
