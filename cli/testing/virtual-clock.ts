// A clock that jumps: time passes only when everybody sleeps, so that a run of a minute takes milliseconds.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../runner/clock.ts';

export interface VirtualClock extends Clock {
  /** Lets time pass until `until` settles. */
  drive<T>(until: Promise<T>): Promise<T>;
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

export function virtualClock(): VirtualClock {
  let now = 1_000_000;
  const sleepers = new Set<Sleeper>();
  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const abort = (): void => {
        sleepers.delete(sleeper);
        reject(signal?.reason);
      };
      const sleeper = {
        at: now + Math.max(0, ms),
        wake: () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        },
      };
      signal?.addEventListener('abort', abort, { once: true });
      sleepers.add(sleeper);
    });
  return {
    now: () => now,
    sleep,
    drive: async (until) => {
      let settled = false;
      const done = until.finally(() => {
        settled = true;
      });
      done.catch(() => {});
      while (!settled) {
        await nextTurn();
        const next = [...sleepers].sort((a, b) => a.at - b.at)[0];
        if (next === undefined) continue;
        sleepers.delete(next);
        now = Math.max(now, next.at);
        next.wake();
      }
      return done;
    },
  };
}
