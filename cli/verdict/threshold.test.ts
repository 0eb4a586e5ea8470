import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../services/contract/events.ts';
import { foldRun } from '../metrics/fold.ts';
import { parseThreshold, titleOf } from '../scenario/threshold.ts';
import { sampleOf } from './sample.ts';
import { aCall, aRequest, aStall, aStep, type Draft, from } from './testing/events.ts';
import { evaluate, expectedOf } from './threshold.ts';

const always = [{ from: 0, to: Number.POSITIVE_INFINITY }];

function judged(text: string, drafts: readonly Draft[]) {
  const parsed = parseThreshold(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return evaluate(parsed.threshold, sampleOf(foldRun(from('any', drafts)), always));
}

const orders = (count: number, outcome: Outcome): Draft[] =>
  Array.from({ length: count }, (_, index) => aRequest({ dueAt: index, outcome }));
const taking = (durations: readonly number[], latenessMs = 0): Draft[] =>
  durations.map((took, index) => aRequest({ dueAt: index, sentAt: index + latenessMs, doneAt: index + took }));
const calls = (outcome: 'success' | 'failure' | 'rejected' | 'cancelled', count: number, ms = 2): Draft[] =>
  Array.from({ length: count }, (_, index) =>
    aCall({ at: index + ms, start: index, end: index + ms, outcome, admitted: outcome !== 'rejected' }),
  );

describe('a share', () => {
  it('is of all planned orders, dropped ones included', () => {
    expect(judged('orders.success >= 90%', [...orders(90, 'success'), ...orders(10, 'dropped')])).toEqual({
      standing: 'passed',
      observed: '90 % of 100',
      margin: '+0 points',
    });
  });

  it('fails by its margin', () => {
    expect(judged('orders.success >= 99%', [...orders(97, 'success'), ...orders(3, 'failed')])).toEqual({
      standing: 'failed',
      observed: '97 % of 100',
      margin: '-2 points',
    });
  });

  it.each([
    ['orders.success >= 99%', 99, 'inconclusive'],
    ['orders.success >= 99%', 100, 'passed'],
    ['orders.success > 99.9%', 999, 'inconclusive'],
    ['orders.success > 99.9%', 1_000, 'passed'],
    ['orders.failed <= 5%', 19, 'inconclusive'],
    ['orders.failed <= 5%', 20, 'passed'],
    ['orders.failed <= 0%', 1, 'passed'],
    ['orders.success >= 100%', 1, 'passed'],
    ['orders.success >= 50%', 0, 'inconclusive'],
  ])('%s of %d orders is %s', (text, n, standing) => {
    expect(judged(text, orders(n, 'success')).standing).toBe(standing);
  });

  it('of calls is of attempts, refused ones included and cancelled ones not', () => {
    const drafts = [...calls('success', 5), ...calls('failure', 3), ...calls('rejected', 2), ...calls('cancelled', 90)];

    expect(judged('calls.order->payment.rejected <= 20%', drafts).observed).toBe('20 % of 10');
    expect(judged('calls.order->payment.failure > 30%', drafts)).toMatchObject({
      standing: 'failed',
      observed: '30 % of 10',
    });
  });
});

describe('of several loads and journeys', () => {
  const drafts = [
    ...[0, 1, 2].map((dueAt) => aRequest({ dueAt, load: 'checkout', journey: 'place-order', step: 'order' })),
    aRequest({ dueAt: 3, load: 'checkout', journey: 'place-order', step: 'order', outcome: 'failed' }),
    aRequest({ dueAt: 4, load: 'browsers', journey: 'browse', kind: 'other', doneAt: 104 }),
    ...[20, 60].map((took, index) => aStep({ dueAt: index, doneAt: index + took, step: 'look' })),
    aStep({ dueAt: 2, doneAt: 92, step: 'read', outcome: 'failed' }),
  ];

  it.each([
    ['orders.success >= 50%', '75 % of 4'],
    ['loads.checkout.failed <= 50%', '25 % of 4'],
    ['loads.browsers.success >= 100%', '100 % of 1'],
    ['loads.browsers.duration max < 1s', '100 ms of 1'],
    ['steps.place-order.order.failed <= 50%', '25 % of 4'],
    ['steps.browse.look.success >= 50%', '100 % of 2'],
    ['steps.browse.look.duration max < 1s', '60 ms of 2'],
    ['steps.browse.read.failed >= 100%', '100 % of 1'],
  ])('%s speaks of its own only', (text, observed) => {
    expect(judged(text, drafts).observed).toBe(observed);
  });
});

describe('a duration', () => {
  const hundreds = Array.from({ length: 200 }, (_, index) => index + 1);

  it('counts from when the order was due, and leaves dropped orders out', () => {
    const late = aRequest({ dueAt: 0, sentAt: 10, doneAt: 50 });

    expect(
      judged('orders.duration max <= 50ms', [
        late,
        ...[1, 2, 3].map((dueAt) => aRequest({ dueAt, outcome: 'dropped', sentAt: null })),
      ]),
    ).toMatchObject({
      standing: 'passed',
      observed: '50 ms of 1',
    });
  });

  it('is judged by the asked percentile', () => {
    expect(judged('orders.duration p(99) < 300ms', taking(hundreds))).toEqual({
      standing: 'passed',
      observed: '198 ms of 200',
      margin: '+102 ms',
    });
    expect(judged('orders.duration p(99) < 198ms', taking(hundreds))).toMatchObject({
      standing: 'failed',
      margin: '+0 ms',
    });
    expect(judged('orders.duration avg <= 100ms', taking(hundreds))).toMatchObject({
      standing: 'failed',
      margin: '-0.5 ms',
    });
  });

  it('needs 2 / (1 - q) samples for p(q)', () => {
    expect(judged('orders.duration p(99) < 300ms', taking(hundreds.slice(1)))).toEqual({
      standing: 'inconclusive',
      observed: '199 samples',
      margin: null,
      reason: 'too few samples: 199, and this limit needs 200',
    });
  });

  it('is inconclusive where the generator was later than 20 % of the limit, whatever the value', () => {
    const slow = hundreds.map(() => 500);

    expect(judged('orders.duration p(99) < 300ms', taking(slow, 60)).standing).toBe('failed');
    expect(judged('orders.duration p(99) < 300ms', taking(slow, 61))).toMatchObject({
      standing: 'inconclusive',
      reason: 'the load generator was late by 61 ms (p99), more than 20 % of the limit',
    });
  });

  it('of calls is of those that were admitted', () => {
    const drafts = [...calls('success', 10, 30), ...calls('rejected', 100, 0), ...calls('cancelled', 10, 900)];

    expect(judged('calls.order->payment.duration max < 31ms', drafts)).toMatchObject({
      standing: 'passed',
      observed: '30 ms of 10',
    });
  });
});

describe('while the machine gave a service no processor', () => {
  const quick = Array.from({ length: 200 }, (_, dueAt) => aRequest({ dueAt }));
  const held = [0, 1, 2].map((index) => aRequest({ dueAt: 300 + index, doneAt: 800, outcome: 'failed' }));
  const stall = (ms: number, cpuMs = 0): Draft => aStall({ at: 750, ms, cpuMs });

  it.each([
    ['orders.duration p(99) < 300ms', '498 ms of 203'],
    ['orders.success >= 99%', '98.52 % of 203'],
  ])('%s is inconclusive where it holds without what was under way then', (text, observed) => {
    expect(judged(text, [...quick, ...held])).toMatchObject({ standing: 'failed', observed });
    expect(judged(text, [...quick, ...held, stall(440)])).toEqual({
      standing: 'inconclusive',
      observed,
      margin: null,
      reason: 'only what was under way while the machine gave no processor to any for 440 ms breaks it',
    });
  });

  it('a promise stays broken where the service was busy with itself, or where the rest breaks it as well', () => {
    const slow = [0, 1, 2].map((index) => aRequest({ dueAt: 900 + index, doneAt: 1_400, outcome: 'failed' }));

    expect(judged('orders.success >= 99%', [...quick, ...held, stall(440, 220)]).standing).toBe('failed');
    expect(judged('orders.success >= 99%', [...quick, ...held, ...slow, stall(440)]).standing).toBe('failed');
  });

  it('a promise that is kept all the same is kept', () => {
    expect(judged('orders.success >= 98%', [...quick, ...held, stall(440)]).standing).toBe('passed');
  });
});

it('passes exactly where the comparison holds, given enough samples', () => {
  const outcomes = fc.tuple(fc.nat(300), fc.nat(300)).filter(([good, bad]) => good + bad >= 100);
  fc.assert(
    fc.property(outcomes, ([good, bad]) => {
      const { standing } = judged('orders.success >= 99%', [...orders(good, 'success'), ...orders(bad, 'failed')]);
      expect(standing).toBe(good / (good + bad) >= 0.99 ? 'passed' : 'failed');
    }),
  );
});

it('has a title without its limit', () => {
  const told = ['calls.order:payment.duration p(99.9) < 1.5s during a, b', 'orders.success >= 99%'].map((text) => {
    const parsed = parseThreshold(text);
    return parsed.ok ? [titleOf(parsed.threshold), expectedOf(parsed.threshold)] : [];
  });

  expect(told).toEqual([
    ['calls.order->payment.duration p(99.9) during a, b', '< 1.5 s'],
    ['orders.success', '>= 99 %'],
  ]);
});
