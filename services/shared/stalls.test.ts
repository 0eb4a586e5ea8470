import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ServiceEvent, Unstamped } from '../contract/events.ts';
import { createStallWatch, processCpuMs } from './stalls.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Ticks on time but where `late` says how much later and how much was computed meanwhile. */
function told(late: Readonly<Record<number, readonly [ms: number, cpuMs: number]>>, ticks = 10) {
  const events: { readonly event: Unstamped<ServiceEvent>; readonly at: number | undefined }[] = [];
  let now = 1_000;
  let cpu = 70;
  const watch = createStallWatch({
    emit: (event, at) => events.push({ event, at }),
    now: () => now,
    cpuMs: () => cpu,
  });
  watch.start();
  watch.start();
  for (let tick = 1; tick <= ticks; tick += 1) {
    const [ms, cpuMs] = late[tick] ?? [0, 1];
    now += 20 + ms;
    cpu += cpuMs;
    vi.advanceTimersByTime(20);
  }
  watch.stop();
  return { events, left: vi.getTimerCount() };
}

it('is silent while the event loop is on time, and where it is a little late', () => {
  expect(told({ 3: [39, 30] })).toEqual({ events: [], left: 0 });
});

it('tells how long it stood still, up to when, and what was computed meanwhile', () => {
  expect(told({ 2: [350, 4], 5: [40, 58] }).events).toEqual([
    { event: { type: 'stall', ms: 350, cpuMs: 4 }, at: 1_390 },
    { event: { type: 'stall', ms: 40, cpuMs: 58 }, at: 1_490 },
  ]);
});

it('reads what this process has computed', () => {
  vi.useRealTimers();
  const before = processCpuMs();
  const until = performance.now() + 30;
  while (performance.now() < until);

  expect(processCpuMs()).toBeGreaterThan(before);
});
