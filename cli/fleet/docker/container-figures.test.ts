import { describe, expect, it } from 'vitest';
import { figuresFrom } from './container-figures.ts';

const startedAt = '2026-01-01T00:00:00.123456789Z';
const running = { Status: 'running', Running: true, Pid: 4_711, StartedAt: startedAt };
const stats = (memory: object) => ({
  read: startedAt,
  cpu_stats: { cpu_usage: { total_usage: 1_500_000_000 }, online_cpus: 2 },
  memory_stats: memory,
});
const now = Date.parse(startedAt) + 2_000;

describe('what the engine tells of a container', () => {
  it.each([
    [
      'the first version of cgroups',
      { usage: 80 * 2 ** 20, stats: { total_inactive_file: 30 * 2 ** 20, inactive_file: 1 } },
    ],
    ['the second version of cgroups', { usage: 80 * 2 ** 20, stats: { inactive_file: 30 * 2 ** 20 } }],
  ])('becomes its figures, without the files that are only remembered, by %s', (_version, memory) => {
    const figures = figuresFrom(running, stats(memory), now);
    expect(figures).toEqual({ pid: 4_711, memoryMb: 50, cpuMs: 1_500, upForMs: 2_000 });
  });

  it('has no memory where the machine does not count it, and no time before its start', () => {
    const figures = figuresFrom(running, stats({}), now - 60_000);
    expect(figures).toEqual({ pid: 4_711, memoryMb: null, cpuMs: 1_500, upForMs: 0 });
  });

  it('is nothing once it has ended', () => {
    expect(figuresFrom({ ...running, Running: false, Pid: 0 }, stats({}), now)).toBeNull();
  });
});
