import fc from 'fast-check';
import { expect, it } from 'vitest';
import { outcomes } from '../../services/contract/events.ts';
import { aRequest, from } from '../verdict/testing/events.ts';
import { simulate } from '../verdict/testing/simulate.ts';
import { distributionOf } from './distribution.ts';
import { foldRun } from './fold.ts';
import { seriesFold, seriesOf } from './series.ts';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

it('tells each second: planned, sent, outcomes and durations from when an order was due', () => {
  const events = from('runner', [
    aRequest({ dueAt: 100, sentAt: 100, doneAt: 140 }),
    aRequest({ dueAt: 900, sentAt: 1_050, doneAt: 1_100, outcome: 'failed' }),
    aRequest({ dueAt: 3_200, sentAt: null, doneAt: 3_200, outcome: 'dropped' }),
  ]);

  expect(seriesOf(events)).toEqual({
    widthMs: 1_000,
    planned: [2, 0, 0, 1],
    sent: [1, 1, 0, 0],
    outcomes: {
      success: [1, 0, 0, 0],
      declined: [0, 0, 0, 0],
      rejected: [0, 0, 0, 0],
      failed: [1, 0, 0, 0],
      unknown: [0, 0, 0, 0],
      dropped: [0, 0, 0, 1],
    },
    p50: [expect.closeTo(40, 0), null, null, null],
    p95: [expect.closeTo(200, -1), null, null, null],
    p99: [expect.closeTo(200, -1), null, null, null],
  });
});

it('counts an order that a fault met on its way for the second of the fault', () => {
  const fault = from('payment/1', [
    {
      type: 'fault.set',
      at: 2_000,
      fault: 'outage/1',
      kind: 'down',
      target: 'order->payment',
      dose: 'down',
      ttlMs: 1,
      by: 'plan',
    },
  ]);
  const request = from('runner', [aRequest({ dueAt: 1_900, sentAt: 1_900, doneAt: 2_400, outcome: 'failed' })]);

  const { planned, outcomes: counts, p50 } = seriesOf([...fault, ...request]);

  expect([planned, counts.failed, p50]).toEqual([
    [0, 1, 0],
    [0, 0, 1],
    [null, null, expect.closeTo(500, -1)],
  ]);
});

it('counts orders only, where there are any', () => {
  const order = aRequest({ dueAt: 10 });
  const look = aRequest({ dueAt: 20, kind: 'other' });

  expect(seriesOf(from('runner', [order, look])).planned).toEqual([1]);
  expect(seriesOf(from('runner', [look, look])).planned).toEqual([2]);
});

it('adds up to what the phases tell', () => {
  const { series, phases } = foldRun(simulate({ opensAfter: 4, latenessMs: 80, drops: (dueAt) => dueAt % 700 === 0 }));

  for (const outcome of outcomes) {
    expect(sum(series.outcomes[outcome])).toBe(sum(phases.map(({ metrics }) => metrics.counts[outcome])));
  }
});

it('agrees with the exact percentiles of each second within 1 %, and has at most 300 buckets', () => {
  const request = fc.record({ dueAt: fc.nat(4_000_000), took: fc.integer({ min: 1, max: 20_000 }) });
  fc.assert(
    fc.property(fc.array(request, { minLength: 1, maxLength: 60 }), (some) => {
      const {
        widthMs,
        planned,
        sent,
        p99,
        outcomes: counts,
      } = seriesOf(
        from(
          'runner',
          some.map(({ dueAt, took }) => aRequest({ dueAt, sentAt: dueAt, doneAt: dueAt + took })),
        ),
      );
      expect(planned.length).toBeLessThanOrEqual(300);
      expect([sum(planned), sum(sent), sum(counts.success)]).toEqual([some.length, some.length, some.length]);
      for (const [index, value] of p99.entries()) {
        const own = some.filter(({ dueAt }) => Math.floor(dueAt / widthMs) === index);
        const exact = distributionOf(own.map(({ took }) => took)).p99;
        if (own.length === 0) expect(value).toBeNull();
        else expect(Math.abs((value ?? 0) - exact)).toBeLessThanOrEqual(Math.max(0.005, exact * 0.01) + 1e-9);
      }
    }),
  );
});

it('has room for a time that no run can have', () => {
  const { planned, widthMs } = seriesOf(from('runner', [aRequest({ dueAt: -5_000 }), aRequest({ dueAt: 1e15 })]));

  expect([planned.length <= 300, planned[0], planned.at(-1), widthMs]).toEqual([true, 1, 1, 5e12]);
});

it('keeps as much of a thousand orders as of one', () => {
  const fold = seriesFold();
  const [event] = from('runner', [aRequest({ dueAt: 10 })]);
  if (event === undefined) throw new Error('no event');
  fold.add(event);
  const once = JSON.stringify(fold.series()).length;
  for (let index = 1; index < 1_000; index += 1) fold.add(event);

  expect([fold.series().planned, JSON.stringify(fold.series()).length - once]).toEqual([[1_000], 9]);
});
