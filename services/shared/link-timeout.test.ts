// The exact edge between slow and broken, in virtual time: no machine is fast enough to measure one millisecond reliably.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { aRecorder } from '../testing/recorder.ts';
import type { HttpClient } from './http-client.ts';
import { createHttpLink } from './link.ts';

interface Slow {
  readonly latencyMs: number;
  /** How long after an abort the client tells of it. Default at once. */
  readonly noticesAfterMs?: number;
}

/** Answers 200 after `latencyMs`, unless it is aborted before. */
const answeringAfter = ({ latencyMs, noticesAfterMs = 0 }: Slow): HttpClient => ({
  send: ({ signal }) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => resolve({ status: 200, headers: {}, text: '{}' }), latencyMs);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        setTimeout(() => reject(new Error('aborted')), noticesAfterMs);
      });
    }),
  close: async () => {},
});

function aLink(slow: Slow) {
  vi.useFakeTimers();
  const recorder = aRecorder();
  const link = createHttpLink({
    id: 'order->payment',
    policy: { timeoutMs: 1_000, breaker: { rule: 'consecutive', failureThreshold: 3, openForMs: 10_000 } },
    client: answeringAfter(slow),
    emit: recorder.emit,
    now: () => Date.now(),
    nextAttempt: () => 'boot-1',
  });
  /** One call every 30 ms, each until its end. */
  const load = async (count: number): Promise<readonly string[]> => {
    const calls = Array.from({ length: count }, async (_, index) => {
      await new Promise((resolve) => setTimeout(resolve, index * 30));
      return (await link.call({ method: 'POST', route: '/charges' })).kind;
    });
    await vi.advanceTimersByTimeAsync(count * 30 + 1_000);
    return Promise.all(calls);
  };
  return { link, recorder, load };
}

const times = <T>(count: number, item: T): readonly T[] => Array.from({ length: count }, () => item);

afterEach(() => {
  vi.useRealTimers();
});

describe('a link at the edge of its timeout of 1 s', () => {
  it('never opens when every answer takes 999 ms', async () => {
    const { link, recorder, load } = aLink({ latencyMs: 999 });
    expect(await load(200)).toEqual(times(200, 'answer'));
    expect(recorder.of('breaker')).toEqual([]);
    expect(link.view()).toMatchObject({ state: 'closed', streak: 0 });
  });

  it('opens by the third call when every answer takes 1001 ms, and refuses whatever comes after', async () => {
    const { recorder, load } = aLink({ latencyMs: 1_001 });
    const ends = await load(200);
    // The third call began at 60 ms and fails at 1060 ms. Those that began until then were let through, and fail too.
    expect(ends).toEqual([...times(36, 'failed'), ...times(164, 'rejected')]);
    expect(recorder.of('breaker')).toMatchObject([{ to: 'open', cause: 'threshold', streak: 3, error: 'timeout' }]);
  });

  it('opens by calls that are told, however late the client notices that they are over', async () => {
    const { recorder, load } = aLink({ latencyMs: 60_000, noticesAfterMs: 5_000 });
    expect(await load(3)).toEqual(times(3, 'failed'));
    const [, , third] = recorder.of('call');
    expect(third).toMatchObject({ outcome: 'failure', failure: 'timeout', start: (third?.end ?? 0) - 1_000 });
    const [opening] = recorder.of('breaker');
    expect(opening).toMatchObject({ to: 'open', streak: 3, error: 'timeout' });
    expect(recorder.events.map(({ type }) => type)).toEqual(['call', 'call', 'call', 'breaker']);
  });

  it('waits for the timeout and not for the answer', async () => {
    const { recorder, load } = aLink({ latencyMs: 60_000 });
    await load(1);
    const [call] = recorder.of('call');
    expect((call?.end ?? 0) - (call?.start ?? 0)).toBe(1_000);
    expect(call).toMatchObject({ outcome: 'failure', failure: 'timeout' });
  });
});
