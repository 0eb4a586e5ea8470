import { expect, it } from 'vitest';
import { resultOf } from './result.ts';
import { aMove, type Draft, from } from './testing/events.ts';
import { simulate } from './testing/simulate.ts';

it('tells everything that is shown', () => {
  const { judgements, series, links, ...result } = resultOf(simulate(), { cutOff: false });

  expect(judgements).toHaveLength(17);
  expect(series.planned).toEqual(Array.from({ length: 13 }, () => 100));
  expect(links).toHaveLength(10);
  expect(links.find(({ link }) => link === 'order->payment')).toMatchObject({
    policy: { breaker: { failureThreshold: 3 } },
    calls: { success: 695, failure: 5, rejected: 600, cancelled: 0 },
    duration: { n: 700, p50: 3, max: 3 },
  });
  expect(result).toMatchInlineSnapshot(`
    {
      "command": "smartorders scenario run tiny.yaml --seed 1",
      "durationMs": 13050,
      "faults": [
        {
          "attempts": 5,
          "dose": "down",
          "fault": "outage/1",
          "from": 3000,
          "hit": 5,
          "intended": "more transport failures than usual",
          "observed": "5 of 5 attempts, median 3 ms",
          "standing": "passed",
          "target": "order->payment",
          "to": 8000,
        },
      ],
      "fleet": {
        "driver": "process",
        "policies": "5c22cbb552b6216662f71e69400835057b79740e6d788d0fd189a76b951abd67",
      },
      "incidents": [],
      "machine": {
        "cpus": 2,
        "memoryMb": 4096,
        "platform": "linux x64",
      },
      "manual": false,
      "notes": [],
      "openLatency": {
        "n": 600,
        "p99Ms": 5,
      },
      "phases": [
        {
          "counts": {
            "declined": 0,
            "dropped": 0,
            "failed": 0,
            "rejected": 0,
            "success": 100,
            "unknown": 0,
          },
          "duration": {
            "max": 5,
            "n": 100,
            "p50": 5,
            "p95": 5,
            "p99": 5,
          },
          "from": 0,
          "judged": false,
          "lateness": {
            "max": 0,
            "n": 100,
            "p50": 0,
            "p95": 0,
            "p99": 0,
          },
          "lost": 0,
          "name": "warmup",
          "planned": 100,
          "shortCircuited": 0,
          "to": 1000,
        },
        {
          "counts": {
            "declined": 0,
            "dropped": 0,
            "failed": 0,
            "rejected": 0,
            "success": 200,
            "unknown": 0,
          },
          "duration": {
            "max": 5,
            "n": 200,
            "p50": 5,
            "p95": 5,
            "p99": 5,
          },
          "from": 1000,
          "judged": true,
          "lateness": {
            "max": 0,
            "n": 200,
            "p50": 0,
            "p95": 0,
            "p99": 0,
          },
          "lost": 0,
          "name": "baseline",
          "planned": 200,
          "shortCircuited": 0,
          "to": 3000,
        },
        {
          "counts": {
            "declined": 0,
            "dropped": 0,
            "failed": 5,
            "rejected": 495,
            "success": 0,
            "unknown": 0,
          },
          "duration": {
            "max": 5,
            "n": 500,
            "p50": 5,
            "p95": 5,
            "p99": 5,
          },
          "from": 3000,
          "judged": true,
          "lateness": {
            "max": 0,
            "n": 500,
            "p50": 0,
            "p95": 0,
            "p99": 0,
          },
          "lost": 5,
          "name": "outage",
          "planned": 500,
          "shortCircuited": 495,
          "to": 8000,
        },
        {
          "counts": {
            "declined": 0,
            "dropped": 0,
            "failed": 0,
            "rejected": 105,
            "success": 395,
            "unknown": 0,
          },
          "duration": {
            "max": 5,
            "n": 500,
            "p50": 5,
            "p95": 5,
            "p99": 5,
          },
          "from": 8000,
          "judged": true,
          "lateness": {
            "max": 0,
            "n": 500,
            "p50": 0,
            "p95": 0,
            "p99": 0,
          },
          "lost": 0,
          "name": "recovery",
          "planned": 500,
          "shortCircuited": 105,
          "to": 13000,
        },
      ],
      "reason": "all 11 expectations hold",
      "run": "20260101-000000-tiny",
      "runTimes": {
        "degradedMs": 6100,
        "drainMs": 0,
      },
      "scenario": {
        "hash": "830d4e99ea84bc792bed99ee1313282fda035d435989644b982eaf636b3e5a81",
        "name": "tiny",
        "path": "tiny.yaml",
        "set": [],
        "text": "version: 1
    name: tiny
    title: A tiny scenario
    fleet: { links: { order->payment: { timeout: 500ms, breaker: { failureThreshold: 3, openFor: 2s } } } }
    warmup: 1s
    load: { checkout: { executor: constant-arrival-rate, rate: 100/s, journey: place-order, maxInFlight: 50 } }
    phases:
      - { name: baseline, for: 2s }
      - { name: outage, for: 5s, faults: [{ type: down, link: order->payment }] }
      - { name: recovery, for: 5s }
    expect:
      thresholds:
        - orders.success >= 99% during baseline
        - orders.duration p(99) < 300ms during outage
      breakers:
        order->payment: { path: [closed, open, halfOpen, "...", closed], opensWithin: 1s, callsWhileOpen: 0 }
      recovery: { within: 3s, stableFor: 2s }
    ",
        "title": "A tiny scenario",
        "vars": {},
      },
      "seed": 1,
      "startedAt": "2026-01-01T00:00:00.000Z",
      "times": {
        "order->payment": {
          "detectMs": 20,
          "faultEndToClosedMs": 1054,
          "faultToOpenMs": 24,
          "notClosedMs": 6030,
          "overshoot": 0,
        },
      },
      "transitions": [
        {
          "at": 3024,
          "cause": "threshold",
          "error": "refused",
          "from": "closed",
          "link": "order->payment",
          "streak": 3,
          "to": "open",
        },
        {
          "at": 5024,
          "cause": "wait-over",
          "from": "open",
          "link": "order->payment",
          "streak": 0,
          "to": "halfOpen",
        },
        {
          "at": 5034,
          "cause": "probe-failed",
          "error": "refused",
          "from": "halfOpen",
          "link": "order->payment",
          "streak": 1,
          "to": "open",
        },
        {
          "at": 7034,
          "cause": "wait-over",
          "from": "open",
          "link": "order->payment",
          "streak": 0,
          "to": "halfOpen",
        },
        {
          "at": 7044,
          "cause": "probe-failed",
          "error": "refused",
          "from": "halfOpen",
          "link": "order->payment",
          "streak": 1,
          "to": "open",
        },
        {
          "at": 9044,
          "cause": "wait-over",
          "from": "open",
          "link": "order->payment",
          "streak": 0,
          "to": "halfOpen",
        },
        {
          "at": 9054,
          "cause": "probe-succeeded",
          "from": "halfOpen",
          "link": "order->payment",
          "streak": 0,
          "to": "closed",
        },
      ],
      "v": 1,
      "verdict": "passed",
      "versions": {
        "node": "24.0.0",
        "smartorders": "0.1.0",
      },
    }
  `);
});

it('keeps what an opening by the rate rule was decided on', () => {
  const opening = aMove('open', { at: 5_000, window: { calls: 25, failures: 15 } });

  expect(resultOf(from('order/1', [opening]), { cutOff: true }).transitions).toMatchObject([
    { cause: 'threshold', window: { calls: 25, failures: 15 } },
  ]);
});

it('judges by the scenario text in the journal, not by any file', () => {
  const expecting = { scenario: { expect: '{ thresholds: [orders.success >= 99%] }' } };

  expect(resultOf(simulate(expecting), { cutOff: false })).toMatchObject({
    verdict: 'failed',
    judgements: { length: 8 },
  });
});

it('says clearly that it cannot read an old scenario, and still shows what was measured', () => {
  const events = simulate().map((event) =>
    event.type === 'run.started' ? { ...event, scenario: { ...event.scenario, text: 'version: 0\n' } } : event,
  );
  const { verdict, reason, judgements, phases } = resultOf(events, { cutOff: false });

  expect([verdict, judgements, phases.length]).toEqual(['inconclusive', [], 4]);
  expect(reason).toMatch(/^the scenario in the journal cannot be read: tiny.yaml:1: /);
});

it('makes something of any journal', () => {
  expect(resultOf([], { cutOff: true })).toMatchObject({
    verdict: 'errored',
    run: 'unknown',
    phases: [],
    judgements: [],
  });
  expect(resultOf(simulate().slice(1), { cutOff: false })).toMatchObject({
    verdict: 'inconclusive',
    reason: 'the journal has no start of the run: it cannot be judged',
  });
});

it('holds a journal with unreadable lines to be no proof', () => {
  const { verdict, reason } = resultOf(simulate(), { cutOff: false, damaged: 2 });

  expect([verdict, reason]).toEqual([
    'inconclusive',
    '11 of 11 expectations inconclusive: event record: 2 lines of the journal cannot be read',
  ]);
});

it('notes what was done by hand, a late generator, and events from the future', () => {
  const byHand: Draft = {
    type: 'fault.set',
    at: 1_500,
    fault: 'hand/1',
    kind: 'down',
    target: 'order->user',
    dose: 'down',
    ttlMs: 1,
    by: 'hand',
  };
  const { notes, faults } = resultOf(simulate({ extra: [byHand], latenessMs: 30 }), { cutOff: false, skipped: 3 });

  expect(notes).toEqual([
    'the fault hand/1 on order->user was set by hand',
    'the load generator was late by 30 ms (p99) in baseline',
    'the load generator was late by 30 ms (p99) in outage',
    'the load generator was late by 30 ms (p99) in recovery',
    '3 events of types that this version does not know',
  ]);
  expect(faults[0]).toMatchObject({ fault: 'hand/1', observed: 'not judged', standing: 'inconclusive' });
});

it('judges nothing when a line of the journal is missing, whoever lost it', () => {
  const events = simulate();
  const lost = events.filter((event) => !(event.type === 'call' && event.seq === 40));
  expect(lost.length).toBeLessThan(events.length);
  const { verdict, judgements } = resultOf(lost, { cutOff: false });
  expect(verdict).toBe('inconclusive');
  expect(judgements.find(({ id }) => id === 'record')?.reason).toMatch(
    /after 39 and before 41 are missing from the journal/,
  );
});

it('tells of processes that ended and of events that were lost, in their order', () => {
  const extra: readonly Draft[] = [
    { type: 'gap', at: 6_000, of: 'order/1', after: 9, next: null, reason: 'the stream broke off' },
    {
      type: 'process',
      at: 5_000,
      process: 'payment',
      change: 'exited',
      code: null,
      signal: 'SIGKILL',
      expected: false,
    },
  ];

  expect(resultOf(simulate({ extra }), { cutOff: false }).incidents).toEqual([
    { at: 5_000, what: 'payment exited by SIGKILL, and no fault did it' },
    { at: 6_000, what: 'events of order/1 were lost: the stream broke off' },
  ]);
});
