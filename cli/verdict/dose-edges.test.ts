import { describe, expect, it } from 'vitest';
import { aScenario } from '../scenario/testing/a-scenario.ts';
import { edgeShortfall, type Met } from './dose-edges.ts';

const span = { fault: 'outage/1', kind: '', target: '', dose: '', by: 'plan', from: 1_000, to: 6_000 } as const;

function specOf(written: string) {
  const { scenario } = aScenario({ phases: `[{ name: outage, for: 5s, faults: [${written}] }]`, expect: '{}' });
  const spec = scenario.phases[0]?.faults[0];
  if (spec === undefined) throw new Error('no fault');
  return spec;
}

/** One attempt every 100 ms of the fault, each of 20 ms, that shows it where `isHit` says so. */
const every100 = (isHit: (at: number) => boolean): readonly Met[] =>
  Array.from({ length: 50 }, (_, index) => 1_000 + index * 100).map((start) => ({
    start,
    end: start + 20,
    isHit: isHit(start),
  }));

const down = specOf('{ type: down, link: order->payment }');

it('lasts where its attempts show it from edge to edge', () => {
  expect(
    edgeShortfall(
      down,
      span,
      every100(() => true),
    ),
  ).toBeNull();
});

it('may take a quarter of a second to come and to go', () => {
  expect(
    edgeShortfall(
      down,
      span,
      every100((at) => at > 1_200 && at < 5_800),
    ),
  ).toBeNull();
});

it('ended before its time where the last attempts show nothing of it', () => {
  expect(
    edgeShortfall(
      down,
      span,
      every100((at) => at < 4_000),
    ),
  ).toBe('the last 18 attempts, from 4.000s on, show nothing of it: it ended before its time');
});

it('came late where the first attempts show nothing of it', () => {
  expect(
    edgeShortfall(
      down,
      span,
      every100((at) => at > 3_000),
    ),
  ).toBe('the first 18 attempts show nothing of it: it came late, at 3.100s');
});

describe('by chance alone', () => {
  const flaky = specOf('{ type: httpError, service: payment, status: 500, probability: 0.4 }');

  it('a run of misses may be, if it is short enough', () => {
    expect(
      edgeShortfall(
        flaky,
        span,
        every100((at) => at < 4_600),
      ),
    ).toBeNull();
    expect(
      edgeShortfall(
        flaky,
        span,
        every100((at) => at < 4_000),
      ),
    ).toMatch(/^the last 18 attempts/);
  });
});

it.each([
  '{ type: latency, link: order->payment, latency: 1s, toxicity: 0.5 }',
  '{ type: latency, link: order->payment, latency: 1s, jitter: 1s }',
  '{ type: bandwidth, link: order->payment, rate: 1KB/s }',
  '{ type: httpError, service: payment, status: 500, failCount: 3 }',
  '{ type: httpError, service: inventory, status: 500, route: GET /items/:id }',
])('is not asked where an attempt need not show it: %s', (written) => {
  expect(
    edgeShortfall(
      specOf(written),
      span,
      every100((at) => at < 2_000),
    ),
  ).toBeNull();
});

it('says nothing of a fault whose end the record does not know', () => {
  expect(
    edgeShortfall(
      down,
      { ...span, to: null },
      every100((at) => at < 2_000),
    ),
  ).toBeNull();
});
