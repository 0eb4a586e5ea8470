// Says when this process stood still: its own work held the event loop, or the machine gave it no processor. A breaker's
// timer that fires late, or an answer that takes long, may mean no more than that, and whoever judges them has to know.
import type { Emit } from './events.ts';

export interface StallWatch {
  readonly start: () => void;
  readonly stop: () => void;
}

export interface StallWatchOptions {
  readonly emit: Emit;
  /** CLOCK_MONOTONIC, ms. */
  readonly now: () => number;
  /** What this process has computed so far, ms. */
  readonly cpuMs: () => number;
}

const tickMs = 20;
/** A tick that comes less late than this is ordinary work. */
const toldFromMs = 40;

export function createStallWatch({ emit, now, cpuMs }: StallWatchOptions): StallWatch {
  let timer: NodeJS.Timeout | undefined;
  const start = (): void => {
    if (timer !== undefined) return;
    let last = { at: now(), cpu: cpuMs() };
    const tick = (): void => {
      const next = { at: now(), cpu: cpuMs() };
      const ms = next.at - last.at - tickMs;
      if (ms >= toldFromMs) emit({ type: 'stall', ms, cpuMs: Math.max(0, next.cpu - last.cpu) }, next.at);
      last = next;
    };
    timer = setInterval(tick, tickMs).unref();
  };
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  return { start, stop };
}

/** User and system time of the whole process. */
export function processCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
