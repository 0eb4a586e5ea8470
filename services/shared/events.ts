// The stamped event stream of one process life: numbered from 1 without holes, kept in a ring for those who reconnect.
// Breaker transitions go out at once and take what waits before them along; the rest goes in batches.
import type { Clock } from '../contract/admin.ts';
import type { ServiceEvent, Unstamped } from '../contract/events.ts';

const version = 1;

/** The sink that links, hooks and failpoints write to. `at`: CLOCK_MONOTONIC ms, default now. */
export type Emit = (event: Unstamped<ServiceEvent>, at?: number) => void;
export type Subscriber = (batch: readonly ServiceEvent[]) => void;

export interface EventStream {
  readonly emit: Emit;
  /** Sends what waits, then tells the time and the number of the last event made. */
  readonly clock: () => Clock;
  /** From now on, or from the event after `after` as far as the ring reaches back. Returns how to end it. */
  readonly subscribe: (subscriber: Subscriber, after?: number) => () => void;
}

export interface EventStreamOptions {
  readonly src: string;
  readonly now: () => number;
  /** Longest wait of an event that is not a transition, ms. Default 40: with a timer's lateness it stays under 50. */
  readonly batchMs?: number;
  /** Events kept for a reconnecting reader. Default 10,000. */
  readonly ringSize?: number;
  /** Hears of each event as it is made, read or not: what is counted and what is told are the same. */
  readonly onEvent?: (event: Unstamped<ServiceEvent>) => void;
}

const batchLimit = 1_000;

export function createEventStream(options: EventStreamOptions): EventStream {
  const { src, now, batchMs = 40, ringSize = 10_000, onEvent = () => {} } = options;
  const ring: ServiceEvent[] = [];
  const subscribers = new Set<Subscriber>();
  let seq = 0;
  let sent = 0;
  let timer: NodeJS.Timeout | undefined;

  const since = (after: number): readonly ServiceEvent[] => {
    const batch: ServiceEvent[] = [];
    for (let next = Math.max(after, seq - ringSize, 0); next < seq; next += 1) {
      const event = ring[next % ringSize];
      if (event !== undefined) batch.push(event);
    }
    return batch;
  };

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (sent === seq) return;
    const batch = since(sent);
    sent = seq;
    for (const subscriber of subscribers) subscriber(batch);
  };

  const emit: Emit = (event, at = now()) => {
    ring[seq % ringSize] = { v: version, at, src, seq: seq + 1, ...event };
    seq += 1;
    onEvent(event);
    if (subscribers.size === 0) sent = seq;
    else if (event.type === 'breaker' || seq - sent >= Math.min(batchLimit, ringSize)) flush();
    else timer ??= setTimeout(flush, batchMs).unref();
  };

  const subscribe = (subscriber: Subscriber, after = seq): (() => void) => {
    flush();
    // A number that was never given here comes from an earlier life of the service: everything is news.
    const missed = since(after > seq ? 0 : after);
    if (missed.length > 0) subscriber(missed);
    subscribers.add(subscriber);
    return () => subscribers.delete(subscriber);
  };

  const clock = (): Clock => {
    flush();
    return { src, now: now(), seq };
  };

  return { emit, clock, subscribe };
}
