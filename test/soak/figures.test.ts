import { describe, expect, it } from 'vitest';
import { type SoakRun, soakRunOf, summaryOf } from './figures.ts';

const move = (link: string, from: string, to: string) => ({ link, from, to });

const aReport = (overrides = {}) => ({
  run: 'r1',
  startedAt: '2026-01-01T00:00:00.000Z',
  verdict: 'passed',
  reason: 'all hold',
  transitions: [
    move('order->payment', 'closed', 'open'),
    move('gateway->order', 'closed', 'open'),
    move('order->payment', 'open', 'halfOpen'),
  ],
  times: { 'order->payment': { faultToOpenMs: 120, faultEndToClosedMs: null } },
  openLatency: { n: 10, p99Ms: 40 },
  ...overrides,
});
const aRun = (overrides: Partial<SoakRun> = {}): SoakRun => ({
  ...soakRunOf({ report: aReport(), stderr: 'fleet ready after 1.25 s; run r1', exitCode: 0, commit: 'abc' }),
  ...overrides,
});

it('keeps of a run what will be compared', () => {
  expect(aRun()).toEqual({
    run: 'r1',
    commit: 'abc',
    startedAt: '2026-01-01T00:00:00.000Z',
    verdict: 'passed',
    reason: 'all hold',
    exitCode: 0,
    paths: { 'gateway->order': 'closed > open', 'order->payment': 'closed > open > halfOpen' },
    faultToOpenMs: { 'order->payment': 120 },
    faultEndToClosedMs: { 'order->payment': null },
    openP99Ms: 40,
    fleetReadySeconds: 1.25,
  });
});

it('keeps a run without any transition', () => {
  const report = aReport({ transitions: [], times: {}, openLatency: null });
  const run = soakRunOf({ report, stderr: '', exitCode: 5, commit: null });
  expect(run).toMatchObject({ paths: {}, openP99Ms: null, fleetReadySeconds: null });
});

describe('the summary', () => {
  it('counts verdicts, with exit codes, and paths', () => {
    const summary = summaryOf({
      runs: [aRun(), aRun({ verdict: 'failed', exitCode: 1 }), aRun({ paths: {} }), aRun()],
    });
    expect(summary.runs).toBe(4);
    expect([...summary.verdicts]).toEqual([
      ['passed (exit code 0)', 3],
      ['failed (exit code 1)', 1],
    ]);
    expect([...summary.paths]).toEqual([
      ['gateway->order: closed > open; order->payment: closed > open > halfOpen', 3],
      ['no transition', 1],
    ]);
  });

  it('spreads the figures, and leaves out what a run has none of', () => {
    const runs = [120, 100, 140].map((toOpen) => aRun({ faultToOpenMs: { 'order->payment': toOpen } }));
    expect(summaryOf({ runs: [...runs, aRun({ faultToOpenMs: {} })] }).figures).toMatchObject({
      'fault to open order->payment, ms': { n: 3, median: 120, min: 100, max: 140 },
      'fault end to closed order->payment, ms': null,
      'fleet ready, s': { n: 4, median: 1.25 },
    });
  });
});
