// Listens to one service: puts its events on the run's clock, and says so where some are missing.
import type { RunEvent, ServiceEvent } from '../../services/contract/events.ts';
import type { Clock } from './clock.ts';
import type { EventSource, SourceClock } from './ports.ts';
import type { Recorder } from './recorder.ts';

export interface Observer {
  /** Waits until everything the service has made so far has been recorded, or is known to be lost. */
  flush(): Promise<void>;
  /** Measures the clock's offset again. */
  calibrate(): Promise<void>;
  stop(): Promise<void>;
}

export interface ObserveOptions {
  readonly source: EventSource;
  readonly recorder: Recorder;
  readonly clock: Clock;
}

const pings = 9;
const flushPatienceMs = 2_000;

/** Resolves once the stream is open and the clock's offset is known. */
export async function observe({ source, recorder, clock }: ObserveOptions): Promise<Observer> {
  const stopping = new AbortController();
  let src = '';
  let lastSeq = 0;
  let offset = -recorder.startedAt;
  let waiting: { readonly seq: number; readonly resolve: () => void } | null = null;
  /** Events that came before the offset was known. */
  let early: ServiceEvent[] | null = [];

  const gap = (after: number, next: number | null, reason: string): void =>
    recorder.emit({ type: 'gap', of: src || source.service, after, next, reason });

  function accept(event: ServiceEvent): void {
    if (event.src !== src) {
      gap(lastSeq, null, `${source.service} restarted`);
      src = event.src;
      lastSeq = 0;
    }
    if (event.seq <= lastSeq) return;
    if (event.seq !== lastSeq + 1) gap(lastSeq, event.seq, 'events were lost on the way');
    lastSeq = event.seq;
    if (early === null) recorder.record(onRunClock(event, offset));
    else early.push(event);
    if (waiting !== null && lastSeq >= waiting.seq) waiting.resolve();
  }

  async function listen(): Promise<void> {
    let after: number | undefined;
    let fruitless = 0;
    while (!stopping.signal.aborted) {
      const opened = await new Promise<boolean>((resolve) => {
        const listener = {
          hello: (said: SourceClock) => {
            if (after === undefined) {
              src = said.src;
              lastSeq = said.seq;
            }
            resolve(true);
            firstHello.resolve();
          },
          events: (batch: readonly ServiceEvent[]) => {
            for (const event of batch) accept(event);
          },
        };
        const options = { ...(after === undefined ? {} : { after }), signal: stopping.signal };
        streamed = source.stream(listener, options).then(
          () => resolve(false),
          (error: unknown) => {
            firstHello.reject(error);
            resolve(false);
          },
        );
      });
      await streamed;
      if (stopping.signal.aborted) return;
      fruitless = after === lastSeq ? fruitless + 1 : 0;
      if (!opened || fruitless >= 3) return gap(lastSeq, null, `the event stream of ${source.service} was lost`);
      after = lastSeq;
    }
  }

  async function calibrate(): Promise<void> {
    const best = await bestPing(source, clock);
    const measured = best.before + best.roundTrip / 2 - best.now;
    // Within the uncertainty of the best ping both read the same kernel's clock: then zero is exact.
    const difference = Math.abs(measured) <= best.roundTrip / 2 ? 0 : measured;
    offset = difference - recorder.startedAt;
    recorder.emit({ type: 'clock', of: src, offset, roundTrip: best.roundTrip });
  }

  let streamed: Promise<void> = Promise.resolve();
  const firstHello = Promise.withResolvers<void>();
  const listening = listen();
  await firstHello.promise;
  await calibrate();
  const held = early;
  early = null;
  for (const event of held) recorder.record(onRunClock(event, offset));

  return {
    calibrate,
    flush: async () => {
      const said = await source.clock().catch(() => null);
      if (said === null || said.src !== src) {
        gap(lastSeq, null, `${source.service} could not say what it made last`);
        return;
      }
      if (said.seq <= lastSeq) return;
      const timeout = new AbortController();
      const arrived = new Promise<void>((resolve) => {
        waiting = { seq: said.seq, resolve };
      });
      const gaveUp = clock.sleep(flushPatienceMs, timeout.signal).then(
        () => gap(lastSeq, null, `the last events of ${source.service} did not arrive`),
        () => {},
      );
      await Promise.race([arrived, gaveUp]);
      timeout.abort();
    },
    stop: async () => {
      stopping.abort();
      await listening;
    },
  };
}

interface Ping extends SourceClock {
  readonly before: number;
  readonly roundTrip: number;
}

async function bestPing(source: EventSource, clock: Clock): Promise<Ping> {
  let best: Ping | null = null;
  for (let ping = 0; ping < pings; ping += 1) {
    const before = clock.now();
    const said = await source.clock();
    const roundTrip = clock.now() - before;
    if (best === null || roundTrip < best.roundTrip) best = { ...said, before, roundTrip };
  }
  if (best === null) throw new RangeError('no ping was sent');
  return best;
}

function onRunClock(event: ServiceEvent, offset: number): RunEvent {
  const at = event.at + offset;
  return event.type === 'call'
    ? { ...event, at, start: event.start + offset, end: event.end + offset }
    : { ...event, at };
}
