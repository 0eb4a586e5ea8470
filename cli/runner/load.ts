// The open-model generator: send i starts at its planned time, never relative to an answer (no coordinated omission).
// A send that finds no room is dropped and counted; how late each send was is recorded.
import { histogramOf, quantile } from '../metrics/histogram.ts';
import { hash } from '../scenario/random.ts';
import type { Clock } from './clock.ts';
import { outcomeOf } from './outcome.ts';
import type { RunData, Target } from './ports.ts';
import type { Recorder } from './recorder.ts';

export interface LoadOptions {
  readonly name: string;
  readonly run: string;
  readonly seed: number;
  /** ms since the load's start, ascending. */
  readonly due: Float64Array;
  readonly maxInFlight: number;
  readonly data: RunData;
  readonly target: Target;
  readonly clock: Clock;
  readonly recorder: Recorder;
  /** No further sends. */
  readonly stop: AbortSignal;
  /** Gives up on what is in flight, too. */
  readonly cancel: AbortSignal;
}

const tickMs = 1_000;

/** Resolves when every request that was sent has been answered. */
export async function generateLoad(options: LoadOptions): Promise<void> {
  const { name, due, maxInFlight, clock, recorder, stop } = options;
  const startAt = recorder.now();
  const inFlight = new Set<Promise<void>>();
  const total = { planned: 0, sent: 0, dropped: 0 };
  let lateness: number[] = [];
  let nextTick = startAt + tickMs;

  function tick(): void {
    recorder.emit({ type: 'load.tick', load: name, ...total, inFlight: inFlight.size, lateness: summary(lateness) });
    lateness = [];
    nextTick += tickMs;
  }

  function launch(index: number, dueAt: number): void {
    total.planned += 1;
    if (inFlight.size >= maxInFlight) {
      total.dropped += 1;
      recorder.emit(dropped(options, index, dueAt, recorder.now()));
      return;
    }
    total.sent += 1;
    lateness.push(recorder.now() - dueAt);
    const request = send(options, index, dueAt).finally(() => inFlight.delete(request));
    inFlight.add(request);
  }

  let next = 0;
  try {
    while (next < due.length) {
      const now = recorder.now();
      if (stop.aborted) break;
      if (now >= nextTick) tick();
      const dueAt = startAt + (due[next] ?? 0);
      if (dueAt <= now) {
        launch(next, dueAt);
        next += 1;
      } else {
        await clock.sleep(Math.min(dueAt, nextTick) - now, stop);
      }
    }
  } catch (error) {
    if (!stop.aborted) throw error;
  }
  tick();
  await Promise.all(inFlight);
}

async function send(options: LoadOptions, index: number, dueAt: number): Promise<void> {
  const { name, seed, data, target, recorder, cancel } = options;
  const arrival = `${name}/${index}`;
  const pick = (list: readonly string[], what: string): string =>
    list[hash(`${what} ${arrival}`, seed) % list.length] ?? '';
  const sentAt = recorder.now();
  const key = keyOf(options, index);
  const order = { key, arrival, userId: pick(data.userIds, 'user'), itemId: pick(data.itemIds, 'item') };
  const answer = await target.placeOrder(order, cancel);
  if (cancel.aborted) return;
  const { status, code, order: orderId, error } = answer;
  recorder.emit({
    type: 'request',
    load: name,
    index,
    key,
    dueAt,
    sentAt,
    doneAt: recorder.now(),
    status,
    outcome: outcomeOf(answer),
    ...(code === undefined ? {} : { code }),
    ...(orderId === undefined ? {} : { order: orderId }),
    ...(error === undefined ? {} : { error }),
  });
}

const keyOf = ({ run, name }: LoadOptions, index: number): string => `${run}-${name}-${index}`;

const dropped = (options: LoadOptions, index: number, dueAt: number, now: number) => ({
  type: 'request' as const,
  load: options.name,
  index,
  key: keyOf(options, index),
  dueAt,
  sentAt: null,
  doneAt: now,
  status: null,
  outcome: 'dropped' as const,
});

function summary(values: readonly number[]) {
  const histogram = histogramOf(values);
  return { p50: quantile(histogram, 0.5), p99: quantile(histogram, 0.99), max: histogram.max };
}
