// The closed-model generator: so many customers, each of whom waits for an answer before beginning again. Its rate is an
// outcome, not a plan, and a slow fleet is asked less: what it says about latency under a fault is too kind.
import { loadMeter } from './load-meter.ts';
import { type JourneyOptions, walkJourney } from './walk-journey.ts';

export interface ClosedLoadOptions extends JourneyOptions {
  readonly load: string;
  readonly vus: number;
  /** Between two journeys of one customer. */
  readonly pauseMs: number;
  /** No further journeys. */
  readonly stop: AbortSignal;
}

/** A customer who got no answer at all comes back after this long: without it a refused connection would spin. */
const leastPauseMs = 10;

/** Resolves when every journey that was begun has ended. */
export async function generateClosedLoad(options: ClosedLoadOptions): Promise<void> {
  const { load, vus, pauseMs, clock, recorder, stop } = options;
  const meter = loadMeter(load, recorder);
  let index = 0;
  let inFlight = 0;

  async function customer(): Promise<void> {
    while (!stop.aborted) {
      const began = recorder.now();
      meter.tick(inFlight);
      meter.sent(0);
      inFlight += 1;
      const arrival = { load, index };
      index += 1;
      await walkJourney(options, arrival, began);
      inFlight -= 1;
      const pause = Math.max(pauseMs, leastPauseMs - (recorder.now() - began));
      if (pause > 0) await clock.sleep(pause, stop).catch(() => {});
    }
  }

  await Promise.all(Array.from({ length: vus }, customer));
  meter.end(inFlight);
}
