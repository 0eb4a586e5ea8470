import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ServiceEvent, Unstamped } from '../contract/events.ts';
import { serviceEventSchema } from '../contract/events.ts';
import { createEventStream } from './events.ts';

const anArrival = (attempt: string): Unstamped<ServiceEvent> => ({
  type: 'arrival',
  link: 'order->payment',
  attempt,
  generation: 0,
  operation: 'POST /charges',
});

const aTransition: Unstamped<ServiceEvent> = {
  type: 'breaker',
  link: 'order->payment',
  from: 'closed',
  to: 'open',
  cause: 'threshold',
  streak: 3,
  generation: 1,
};

function aStream(ringSize = 10_000) {
  vi.useFakeTimers();
  const stream = createEventStream({ src: 'order/boot', now: () => 5, ringSize });
  const batches: number[][] = [];
  const subscribe = (after?: number) => stream.subscribe((batch) => batches.push(batch.map(({ seq }) => seq)), after);
  const emit = (count: number): void => {
    for (let n = 0; n < count; n += 1) stream.emit(anArrival(String(n)));
  };
  return { stream, batches, subscribe, emit };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('event stream', () => {
  it('stamps events as the contract says', () => {
    const { stream } = aStream();
    const seen: ServiceEvent[] = [];
    stream.subscribe((batch) => seen.push(...batch));
    stream.emit({ ...aTransition }, 7.5);
    expect(seen).toMatchObject([{ v: 1, at: 7.5, src: 'order/boot', seq: 1, type: 'breaker' }]);
    expect(serviceEventSchema.safeParse(seen[0]).success).toBe(true);
  });

  it('sends what is not urgent in one batch within 50 ms', () => {
    const { batches, subscribe, emit } = aStream();
    subscribe();
    emit(2);
    vi.advanceTimersByTime(20);
    emit(1);
    expect(batches).toEqual([]);
    vi.advanceTimersByTime(30);
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it('sends a transition at once, after what waits before it', () => {
    const { stream, batches, subscribe, emit } = aStream();
    subscribe();
    emit(2);
    stream.emit(aTransition);
    expect(batches).toEqual([[1, 2, 3]]);
    vi.advanceTimersByTime(100);
    expect(batches).toHaveLength(1);
  });

  it('starts a new reader at now', () => {
    const { batches, subscribe, emit } = aStream();
    emit(3);
    subscribe();
    emit(1);
    vi.advanceTimersByTime(50);
    expect(batches).toEqual([[4]]);
  });

  it('gives a reader that comes back what it missed, without holes or repeats', () => {
    const { batches, subscribe, emit } = aStream();
    const leave = subscribe();
    emit(2);
    vi.advanceTimersByTime(50);
    leave();
    emit(3);
    subscribe(2);
    emit(1);
    vi.advanceTimersByTime(50);
    expect(batches.flat()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('reaches back as far as the ring does', () => {
    const { batches, subscribe, emit } = aStream(10);
    emit(25);
    subscribe(3);
    expect(batches).toEqual([[16, 17, 18, 19, 20, 21, 22, 23, 24, 25]]);
  });

  it('loses nothing when more than the ring holds is made within one batch', () => {
    const { batches, subscribe, emit } = aStream(10);
    subscribe();
    emit(25);
    vi.advanceTimersByTime(50);
    expect(batches.flat()).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
  });

  it('gives everything to a reader whose number comes from an earlier life of the service', () => {
    const { batches, subscribe, emit } = aStream();
    emit(2);
    subscribe(900);
    expect(batches).toEqual([[1, 2]]);
  });

  it('flushes before it tells the time', () => {
    const { stream, batches, subscribe, emit } = aStream();
    subscribe();
    emit(2);
    expect(stream.clock()).toEqual({ src: 'order/boot', now: 5, seq: 2 });
    expect(batches).toEqual([[1, 2]]);
  });
});
