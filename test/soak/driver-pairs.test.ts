import { describe, expect, it } from 'vitest';
import { type DriverRun, driverRunOf, pairsOf } from './driver-pairs.ts';

const aReport = (overrides = {}) => ({
  run: 'r1',
  scenario: { name: 'payment-outage' },
  verdict: 'passed',
  reason: 'all hold',
  transitions: [
    { link: 'order->payment', from: 'closed', to: 'open' },
    { link: 'gateway->order', from: 'closed', to: 'open' },
    { link: 'order->payment', from: 'open', to: 'halfOpen' },
  ],
  phases: [
    { judged: false, duration: { n: 9, p50: 900, p99: 900 } },
    { judged: true, duration: { n: 200, p50: 8, p99: 20 } },
  ],
  ...overrides,
});
const aRun = (driver: DriverRun['driver'], overrides: Partial<DriverRun> = {}): DriverRun => ({
  ...driverRunOf(aReport(), driver),
  ...overrides,
});
const upMs = { process: [1_000], docker: [9_000] };

describe('a scenario on both drivers', () => {
  it('keeps verdict, the path of each link, and how long orders took before anything was broken', () => {
    expect(aRun('docker')).toEqual({
      ...{ scenario: 'payment-outage', driver: 'docker', run: 'r1', verdict: 'passed', reason: 'all hold' },
      path: 'gateway->order: closed > open; order->payment: closed > open > halfOpen',
      calm: { n: 200, p50: 8, p99: 20 },
    });
  });

  it('is alike where verdict and path are', () => {
    const calm = { n: 200, p50: 11, p99: 31 };
    const { pairs, overhead } = pairsOf({ upMs, runs: [aRun('process'), aRun('docker', { run: 'r2', calm })] });
    expect(pairs).toEqual([{ scenario: 'payment-outage', same: true, differs: '' }]);
    expect(overhead).toMatchObject({
      'up, containers': { n: 1, median: 9_000 },
      'p50 of orders in the calm, processes': { median: 8 },
      'p99 of orders in the calm, containers': { median: 31 },
    });
  });

  it.each([
    ['verdict', { verdict: 'failed' }, 'verdict passed on processes, failed on containers'],
    [
      'path',
      { path: '' },
      'path gateway->order: closed > open; order->payment: closed > open > halfOpen on processes, none on containers',
    ],
  ])('differs by its %s', (_what, other, differs) => {
    const { pairs } = pairsOf({ upMs, runs: [aRun('process'), aRun('docker', other)] });
    expect(pairs).toEqual([{ scenario: 'payment-outage', same: false, differs }]);
  });

  it('is no pair with one run', () => {
    expect(pairsOf({ upMs, runs: [aRun('process')] }).pairs).toEqual([]);
  });
});
