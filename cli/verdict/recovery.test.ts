import { expect, it } from 'vitest';
import type { Outcome } from '../../services/contract/events.ts';
import { foldRun } from '../metrics/fold.ts';
import { parseThreshold } from '../scenario/threshold.ts';
import { checkRecovery } from './recovery.ts';
import { aMove, aRequest, aStall, type Draft, from } from './testing/events.ts';

// A fault from 1 s to 2 s, an order every 10 ms; within 3 s, stable for 2 s; the judged time ends at `until`.
interface Told {
  readonly moves?: readonly Draft[];
  readonly until?: number;
  readonly outcome?: (dueAt: number) => Outcome;
  readonly cleared?: boolean;
  /** null: there is none. */
  readonly threshold?: string | null;
}

const wellEnough = 'orders.success >= 99%';

function recovery({
  moves = [],
  until = 8_000,
  outcome = () => 'success',
  cleared = true,
  threshold = wellEnough,
}: Told) {
  const orders = Array.from({ length: until / 10 }, (_, index) =>
    aRequest({ dueAt: index * 10, outcome: outcome(index * 10) }),
  );
  const fault: Draft[] = [
    {
      type: 'fault.set',
      at: 1_000,
      fault: 'outage/1',
      kind: 'down',
      target: 'order->payment',
      dose: 'down',
      ttlMs: 1,
      by: 'plan',
    },
    ...(cleared ? [{ type: 'fault.cleared', at: 2_000, fault: 'outage/1', reason: 'plan' } as const] : []),
  ];
  const record = foldRun([
    ...from(
      'runner',
      [...fault, ...orders].toSorted((a, b) => a.at - b.at),
    ),
    ...from('order/1', moves),
  ]);
  const parsed = threshold === null ? null : parseThreshold(threshold);
  const baseline = parsed?.ok === true ? [parsed.threshold] : [];
  const { standing, observed, margin, reason } = checkRecovery(record, {
    withinMs: 3_000,
    stableForMs: 2_000,
    baseline,
    firstPhase: 'calm',
    until,
  });
  return [standing, observed, margin, ...(reason === undefined ? [] : [reason])];
}

const opened = [aMove('open', { at: 1_100 }), aMove('wait', { at: 3_100 })];

it('is at once where nothing was broken', () => {
  expect(recovery({})).toEqual(['passed', '0 ms', '+3 s']);
});

it('is when the last breaker closed, if the orders were well again by then', () => {
  expect(recovery({ moves: [...opened, aMove('close', { at: 3_110 })] })).toEqual(['passed', '1.11 s', '+1.89 s']);
});

it('is when the baseline holds over the whole window, if that comes later', () => {
  const failsUntil4 = (dueAt: number) => (dueAt >= 1_000 && dueAt < 4_000 ? 'failed' : 'success');

  expect(recovery({ outcome: failsUntil4 })).toEqual(['passed', '2 s', '+1 s']);
});

it('is unclear where it was only late for want of a processor', () => {
  const failsAt = (starts: number, ends: number) => (dueAt: number) =>
    dueAt >= starts && dueAt < ends ? 'failed' : 'success';
  const stall = aStall({ at: 6_100, ms: 200 });
  const late = { outcome: failsAt(5_900, 6_100), until: 9_000 };
  const [closes] = [[...opened, aMove('close', { at: 4_500 })]];

  expect(recovery({ ...late, moves: closes })).toEqual(['failed', '4.1 s', '-1.1 s']);
  expect(recovery({ ...late, moves: [...closes, stall] })).toEqual([
    'inconclusive',
    '4.1 s',
    null,
    'only what was under way while the machine gave no processor to order for 200 ms breaks it',
  ]);
});

it('does not take a breaker that opens again for recovered', () => {
  const moves = [
    ...opened,
    aMove('close', { at: 3_110 }),
    aMove('open', { at: 5_000 }),
    aMove('wait', { at: 5_800 }),
    aMove('close', { at: 5_900 }),
  ];

  expect(recovery({ moves })).toEqual(['failed', '3.9 s', '-900 ms']);
});

it('fails where there was no such window, although it was looked for long enough', () => {
  expect(recovery({ moves: opened })).toEqual(['failed', 'not within 6 s: a breaker is not closed at the end', null]);
  expect(recovery({ outcome: (dueAt) => (dueAt % 1_000 < 50 ? 'failed' : 'success') })).toEqual([
    'failed',
    'not within 6 s: the baseline thresholds did not hold again',
    null,
  ]);
});

it('is inconclusive where the run ended too early to tell', () => {
  expect(recovery({ moves: opened, until: 6_800 })).toEqual([
    'inconclusive',
    'not within 4.8 s: a breaker is not closed at the end',
    null,
    'the run ends too early; within + stableFor is 5 s',
  ]);
});

it('fails where the run ended just in time', () => {
  expect(recovery({ moves: opened, until: 6_990 })[0]).toBe('failed');
});

it('is inconclusive where the window holds too few orders for a threshold', () => {
  expect(recovery({ threshold: 'orders.success >= 99.9%' })).toEqual([
    'inconclusive',
    'unclear',
    null,
    'in the window of stableFor: too few samples: 200, and this limit needs 1000',
  ]);
});

it('is inconclusive where no threshold says what well is', () => {
  expect(recovery({ threshold: null })).toEqual([
    'inconclusive',
    'not measured',
    null,
    'nothing to hold: no threshold covers calm',
  ]);
});

it('is inconclusive where the record has no end of the fault', () => {
  expect(recovery({ cleared: false })).toEqual([
    'inconclusive',
    'never ended',
    null,
    'the record has no end of the fault outage/1',
  ]);
});
