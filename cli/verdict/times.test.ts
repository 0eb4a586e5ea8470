import { describe, expect, it } from 'vitest';
import type { EventOf } from '../../services/contract/events.ts';
import { foldRun } from '../metrics/fold.ts';
import { aCall, aMove, aRequest, type Draft, from } from './testing/events.ts';
import { definitions } from './time-definitions.ts';
import { runTimesOf, timesOf } from './times.ts';

const policy = { timeoutMs: 500, breaker: { rule: 'consecutive' as const, failureThreshold: 3, openForMs: 2_000 } };
const started: Draft = {
  type: 'run.started',
  at: 0,
  run: 'r1',
  scenario: { name: 'times', path: 'times.yaml', text: '' },
  seed: 1,
  command: '',
  startedAt: '',
  monotonicStart: 0,
  fleet: { name: 'f', driver: 'process', ephemeral: true, policies: { 'order->payment': policy } },
  versions: {},
  machine: { platform: '', cpus: 1, memoryMb: 1 },
  plan: [],
} satisfies Draft;

const phase = (at: number, edge: 'start' | 'end'): Draft => ({ type: 'phase', at, name: 'all', edge, judged: true });
const fault = (from: number, to: number): readonly Draft[] => [
  {
    type: 'fault.set',
    at: from,
    fault: 'all/1',
    kind: 'down',
    target: 'order->payment',
    dose: 'down',
    ttlMs: 1,
    by: 'plan',
  },
  { type: 'fault.cleared', at: to, fault: 'all/1', reason: 'plan' },
];

/** Judged from 0 to 10 s. */
function record(runner: readonly Draft[], caller: readonly Draft[] = []) {
  const own = [started, phase(0, 'start'), ...runner, phase(10_000, 'end')];
  return foldRun([
    ...from(
      'runner',
      own.toSorted((a, b) => a.at - b.at),
    ),
    ...from(
      'order/1',
      caller.toSorted((a, b) => a.at - b.at),
    ),
  ]);
}

const failed = (start: number, end: number, attempt: string): Draft =>
  aCall({ at: end, start, end, attempt, outcome: 'failure', failure: 'refused' });
const order = (dueAt: number, outcome: EventOf<'request'>['outcome'], tookMs = 5): Draft =>
  aRequest({ dueAt, doneAt: dueAt + tookMs, outcome });

describe('of a link', () => {
  const caller = [
    // Of the calm before the fault: says nothing of it.
    failed(900, 1_100, 'calm'),
    failed(2_010, 2_030, 'a'),
    failed(2_040, 2_050, 'b'),
    failed(2_060, 2_070, 'c'),
    aMove('open', { at: 2_070, generation: 1 }),
    aCall({ at: 2_400, start: 2_065, end: 2_400, attempt: 'late' }),
    aCall({ at: 2_900, start: 2_071, end: 2_900, attempt: 'refused', admitted: false, outcome: 'rejected' }),
    aMove('wait', { at: 4_070, generation: 2 }),
    aMove('close', { at: 4_090, generation: 3 }),
  ];
  const times = timesOf(record(fault(2_000, 4_000), caller))['order->payment'];

  it.each([
    ['detectMs', 40],
    ['faultToOpenMs', 70],
    ['overshoot', 1],
    ['notClosedMs', 2_020],
    ['faultEndToClosedMs', 90],
  ] as const)('%s is %d', (figure, value) => {
    expect(times?.[figure]).toBeCloseTo(value, 6);
  });

  it('are not measured where nothing opened', () => {
    expect(timesOf(record(fault(2_000, 4_000), [failed(2_010, 2_030, 'a')]))['order->payment']).toEqual({
      detectMs: null,
      faultToOpenMs: null,
      overshoot: null,
      notClosedMs: 0,
      faultEndToClosedMs: null,
    });
  });
});

describe('of the run', () => {
  it('degraded is the slices in which somebody did not get what he came for', () => {
    const orders = [
      order(100, 'success'),
      order(210, 'rejected'),
      order(290, 'failed'),
      order(350, 'declined'),
      order(1_000, 'unknown'),
      order(11_000, 'failed'),
    ];

    // 200 to 300 and 1000 to 1100; a declined order is an answer, and 11 s is not judged.
    expect(runTimesOf(record(orders)).degradedMs).toBe(200);
  });

  it('drain is until the last arrival from before the end of the faults has its answer', () => {
    const orders = [order(3_900, 'success', 700), order(3_990, 'success', 300), order(4_100, 'success', 5_000)];

    expect(runTimesOf(record([...fault(2_000, 4_000), ...orders])).drainMs).toBe(600);
    expect(runTimesOf(record(orders)).drainMs).toBeNull();
  });
});

it('has a definition and a resolution for every figure', () => {
  for (const { definition, resolution } of Object.values(definitions)) {
    expect([definition.length > 20, resolution.length > 4]).toEqual([true, true]);
  }
});
