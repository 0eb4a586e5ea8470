import { expect, it } from 'vitest';
import type { RunEvent } from '../../services/contract/events.ts';
import { resultOf } from './result.ts';
import { aCall, type Draft } from './testing/events.ts';
import { simulate } from './testing/simulate.ts';

type Knobs = Parameters<typeof simulate>[0];

const outage = (fault: string): Knobs => ({
  faultWorks: false,
  scenario: {
    phases: `[{ name: baseline, for: 2s }, { name: outage, for: 5s, faults: [${fault}] }, { name: recovery, for: 5s }]`,
    expect: '{ thresholds: [orders.success >= 1%] }',
  },
});

const stampedLate = (events: readonly RunEvent[]): readonly RunEvent[] =>
  events.map((event) => (event.type === 'arrival' ? { ...event, at: event.at + 5_000 } : event));
const gap: Draft = { type: 'gap', at: 5_000, of: 'order/1', after: 17, next: 20, reason: 'the stream was closed' };
const onlyCalls = (written: string): Knobs => ({ scenario: { expect: `{ thresholds: [${written}] }` } });

// Every one of these looks like a pass to who does not ask whether the run could show what it was for.
it.each<[string, Knobs, (events: readonly RunEvent[]) => readonly RunEvent[], RegExp]>([
  ['the proxy was bypassed', outage('{ type: down, link: order->payment }'), same, /none of 500 attempts shows it/],
  [
    'the fault was on a link that nobody used',
    outage('{ type: down, link: order->inventory }'),
    same,
    /no attempt met it/,
  ],
  [
    'the failpoint’s route never matched',
    outage('{ type: httpError, service: payment, status: 503, route: GET /charges/:key }'),
    same,
    /none of 500 attempts shows it/,
  ],
  [
    'a toxicity of 0.1 hit none of the few connections of a pool',
    outage('{ type: latency, link: order->payment, latency: 1s, toxicity: 0.1 }'),
    same,
    /none of 500 attempts shows it/,
  ],
  [
    'the fault was healed too early',
    { healsAt: 4_000 },
    same,
    /the last \d+ attempts, from 5\.\d+s on, show nothing of it: it ended before/,
  ],
  ['the generator was starved of CPU', { latenessMs: 80 }, same, /the load generator was late by 80 ms \(p99\)/],
  ['a service’s clock was off by 5 s', {}, stampedLate, /the clocks of the two ends of order->payment disagree/],
  ['events were lost', { extra: [gap] }, same, /events of order\/1 after 17 and before 20 were lost/],
  [
    'there were too few samples',
    onlyCalls('calls.order->payment.success >= 99.9% during baseline'),
    same,
    /too few samples: 200, and this limit needs 1000/,
  ],
])('a run is inconclusive when %s', (_, knobs, change, reason) => {
  const result = resultOf(change(simulate(knobs)), { cutOff: false });

  expect([result.verdict, result.judgements.some(({ standing }) => standing === 'failed')]).toEqual([
    'inconclusive',
    false,
  ]);
  expect(result.reason).toMatch(reason);
});

it('and the same runs pass where nothing is amiss', () => {
  expect(resultOf(simulate(), { cutOff: false }).verdict).toBe('passed');
  expect(
    resultOf(simulate(onlyCalls('calls.order->payment.success >= 99% during baseline')), { cutOff: false }).verdict,
  ).toBe('passed');
});

it('names what no breaker may do, also of a link that the scenario does not mention', () => {
  const leap = aCall({ at: 9_000, link: 'order->user', outcome: 'failure', failure: 'status', status: 404 });
  const events = [...simulate(), { v: 1, src: 'order/2', seq: 1, ...leap }];
  const result = resultOf(events, { cutOff: false });

  expect(result.judgements.filter(({ standing }) => standing === 'failed')).toMatchObject([
    {
      id: 'contract',
      observed: 'order->user does nothing that no breaker may: B12: counted the answer 404 as a failure at 9.000s',
      events: [expect.stringContaining('failure (404)')],
    },
  ]);
});

function same(events: readonly RunEvent[]): readonly RunEvent[] {
  return events;
}
