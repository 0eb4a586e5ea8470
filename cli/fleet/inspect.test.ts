import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { portsFrom } from '../../services/fleet.ts';
import { inspectFleet } from './inspect.ts';
import { refTo } from './pid.ts';
import type { FleetState } from './state.ts';

/** This very process plays the order service. */
function aState(logs: string): FleetState {
  return {
    ...{ v: 1, name: 'test', driver: 'process', ephemeral: false, phase: 'up', controlPort: 1, token: 't', run: null },
    keeper: refTo(process.pid),
    ports: portsFrom(5_000),
    processes: { order: refTo(process.pid), payment: { pid: process.pid, startedAt: 'another time' } },
    folders: [],
    logs,
    startedAt: '2026-01-01T00:00:00.000Z',
  };
}

describe.runIf(process.platform === 'linux')('a service that is looked into', () => {
  it('tells its process and the end of its log; its processor from the second look on', async () => {
    const logs = mkdtempSync(join(tmpdir(), 'smartorders-inspect-'));
    writeFileSync(join(logs, 'order.log'), Array.from({ length: 30 }, (_, index) => `line ${index + 1}\n`).join(''));
    let now = 0;
    const inspect = inspectFleet(() => aState(logs), { now: () => now });
    const first = await inspect('order');
    expect(first).toMatchObject({ service: 'order', pid: process.pid, cpuPercent: null });
    expect(first.memoryMb).toBeGreaterThan(10);
    expect(first.upForMs).toBeGreaterThan(100);
    expect(first.log.at(-1)).toBe('line 30');
    now = 1_000_000;
    expect((await inspect('order')).cpuPercent).toBeLessThan(100);
    rmSync(logs, { recursive: true });
  });

  it('does not run where its pid belongs to somebody else, or no fleet is there', async () => {
    const none = { pid: null, memoryMb: null, cpuPercent: null, upForMs: null, log: [] };
    expect(await inspectFleet(() => aState('/nowhere'))('payment')).toEqual({ service: 'payment', ...none });
    expect(await inspectFleet(() => null)('user')).toEqual({ service: 'user', ...none });
  });

  it('is shown without figures while nobody can tell them', async () => {
    const figuresOf = (): Promise<never> => Promise.reject(new Error('no engine answers'));
    expect(await inspectFleet(() => aState('/nowhere'), { figuresOf })('order')).toMatchObject({ pid: null, log: [] });
  });
});
