import fc from 'fast-check';
import { expect, it } from 'vitest';
import { linkIds, serviceNames } from '../../../services/fleet.ts';
import { faultTypes } from '../fault.ts';
import { formatProblem } from '../format-problem.ts';
import { parseScenario } from '../parse.ts';
import { type Draft, type FaultType, sitsInService, type Target } from './draft.ts';
import { effectOf } from './effect.ts';
import { scenarioText } from './write-scenario.ts';

const draft: Draft = {
  name: 'payment-down',
  title: 'Payment: "gone" # and away',
  fault: 'down',
  target: { link: 'order->payment' },
  status: 503,
  latencyMs: 2_000,
  kilobytesPerSecond: 10,
  bytes: 50,
  perSecond: 40,
  baselineMs: 4_000,
  outageMs: 5_000,
  recoveryMs: 8_000,
};

const targetsOf = (fault: FaultType): readonly Target[] => {
  if (fault === 'decline') return [{ service: 'payment' }];
  return sitsInService(fault) ? serviceNames.map((service) => ({ service })) : linkIds.map((link) => ({ link }));
};
const targets = faultTypes.flatMap((fault) => targetsOf(fault).map((target) => ({ fault, target })));

const problemsOf = (text: string): readonly string[] => {
  const parsed = parseScenario(text, 'new.yaml');
  return parsed.ok ? [] : parsed.problems.map(formatProblem);
};

it('teaches in its comments, and promises what a breaker does when every call fails', () => {
  expect(`\n${scenarioText(draft)}`).toMatchInlineSnapshot(`
    "
    # yaml-language-server: $schema=./scenario.schema.json
    #
    # order->payment is down: its connections are cut and new ones are refused. Every call fails, so the breaker of
    # order->payment opens, refuses what would be in vain, and closes by itself when the fault is over.
    version: 1
    name: payment-down
    title: "Payment: \\"gone\\" # and away"
    seed: 1                 # every random decision of the run comes from it

    fleet:
      links:
        # Three failures in a row open its breaker; then it refuses everything for 2 s; then one probe decides.
        order->payment: { timeout: 1s, breaker: { failureThreshold: 3, openFor: 2s } }

    # The same load before the first phase, not judged: a service that has just started is slow.
    warmup: 3s

    load:
      # An open model: who comes next does not wait for the answers to those before.
      checkout: { executor: constant-arrival-rate, rate: 40/s, journey: place-order, maxInFlight: 320 }

    phases:
      - { name: baseline, for: 4s }
      - name: outage
        for: 5s
        faults:
          - { type: down, link: order->payment }
      - { name: recovery, for: 8s }

    expect:
      thresholds:
        # Before anything is broken, all is well.
        - orders.success >= 99% during baseline
        # A few calls open the breaker, and one now and then is its probe. Everybody else is refused without asking.
        - orders.rejected >= 60% during outage
        # To be refused takes no time: that is what the breaker is for.
        - orders.duration p(50) < 300ms during outage
      breakers:
        # "..." is any run of states. A breaker that is named here is also held to its rule above, to the call.
        order->payment: { path: [closed, open, halfOpen, "...", closed], opensWithin: 1.5s, callsWhileOpen: 0 }
        # The order service says "my dependency failed", and is well itself. The gateway must not cut it off for that.
        gateway->order: { path: [closed] }
      # At worst a probe failed just before the fault ended: one openFor, and the next call is the probe that succeeds.
      recovery: { within: 3.5s, stableFor: 3s }
    "
  `);
});

it('promises that a breaker stays closed where calls are only late', () => {
  const late = { ...draft, fault: 'latency', target: { link: 'gateway->inventory' }, latencyMs: 100 } as const;

  expect(`\n${scenarioText(late)}`).toMatchInlineSnapshot(`
    "
    # yaml-language-server: $schema=./scenario.schema.json
    #
    # Every answer of inventory over gateway->inventory comes 100 ms late. That is no failure, so the breaker of
    # gateway->inventory stays closed.
    version: 1
    name: payment-down
    title: "Payment: \\"gone\\" # and away"
    seed: 1                 # every random decision of the run comes from it

    fleet:
      links:
        # Three failures in a row open its breaker; then it refuses everything for 2 s; then one probe decides.
        gateway->inventory: { timeout: 1.5s, breaker: { failureThreshold: 3, openFor: 2s } }

    # The same load before the first phase, not judged: a service that has just started is slow.
    warmup: 3s

    journeys:
      # An order never goes over gateway->inventory; this does.
      look-up:
        feeders: { item: { from: items } }
        steps: [{ name: item, request: "GET /api/items/{item}" }]

    load:
      # An open model: who comes next does not wait for the answers to those before.
      checkout: { executor: constant-arrival-rate, rate: 40/s, journey: place-order, maxInFlight: 320 }
      look-up: { executor: constant-arrival-rate, rate: 40/s, journey: look-up, maxInFlight: 320 }

    phases:
      - { name: baseline, for: 4s }
      - name: outage
        for: 5s
        faults:
          - { type: latency, link: gateway->inventory, latency: 100ms }
      - { name: recovery, for: 8s }

    expect:
      thresholds:
        # Before anything is broken, all is well.
        - orders.success >= 99% during baseline
        # Who orders notices nothing.
        - orders.success >= 99% during outage
        # The delay is really there …
        - calls.gateway->inventory.duration p(50) >= 90ms during outage
        # … and nobody goes without an answer for it.
        - loads.look-up.success >= 95% during outage
      breakers:
        # Slow, but long before the timeout: late is not lost, and a breaker counts only what is lost.
        gateway->inventory: { path: [closed] }
        # Orders take another way, and go on.
        gateway->order: { path: [closed] }
      # Nothing has to be waited for: when the fault has ended, all is as before.
      recovery: { within: 1.5s, stableFor: 3s }
    "
  `);
});

it('gives the service before a database a word of its own', () => {
  expect(`\n${scenarioText({ ...draft, fault: 'bandwidth', target: { link: 'order->db' } })}`).toMatchInlineSnapshot(`
    "
    # yaml-language-server: $schema=./scenario.schema.json
    #
    # The answers of the database get through order->db at no more than 10 KB/s. Whether that is enough to open the
    # breaker of gateway->order is what a run will show; what is promised holds in any case.
    version: 1
    name: payment-down
    title: "Payment: \\"gone\\" # and away"
    seed: 1                 # every random decision of the run comes from it

    fleet:
      links:
        # Three failures in a row open its breaker; then it refuses everything for 2 s; then one probe decides.
        gateway->order: { timeout: 1.5s, breaker: { failureThreshold: 3, openFor: 2s } }
        # Shorter than what the callers of the service wait, so that the service itself can say what is wrong.
        order->db: { timeout: 500ms }

    # The same load before the first phase, not judged: a service that has just started is slow.
    warmup: 3s

    load:
      # An open model: who comes next does not wait for the answers to those before.
      checkout: { executor: constant-arrival-rate, rate: 40/s, journey: place-order, maxInFlight: 320 }

    phases:
      - { name: baseline, for: 4s }
      - name: outage
        for: 5s
        faults:
          - { type: bandwidth, link: order->db, rate: 10KB/s }
      - { name: recovery, for: 8s }

    expect:
      thresholds:
        # Before anything is broken, all is well.
        - orders.success >= 95% during baseline
      breakers:
        # Whether it opens depends on the dose and on the machine. Whatever it does, it must keep to its rule above.
        gateway->order: { path: [closed, "..."] }
      # At worst a probe failed just before the fault ended: one openFor, and the next call is the probe that succeeds.
      recovery: { within: 6s, stableFor: 2s }
    "
  `);
});

it('says of slowClose alone that a run will not be able to judge it', () => {
  const known = targets.filter((each) => scenarioText({ ...draft, ...each }).includes('verdict: inconclusive'));

  expect([...new Set(known.map(({ fault }) => fault))]).toEqual(['slowClose']);
});

it.each(targets)('is a valid scenario: %j', (each) => {
  expect(problemsOf(scenarioText({ ...draft, ...each }))).toEqual([]);
});

it('is a valid scenario whatever the strength, the rate, the lengths and the title', () => {
  const length = fc.integer({ min: 1, max: 100_000 });
  const drafts = fc.record({
    name: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
    title: fc.string({ minLength: 1, unit: 'binary' }).filter((text) => !text.includes('${')),
    status: fc.integer({ min: 400, max: 599 }),
    latencyMs: length,
    kilobytesPerSecond: fc.integer({ min: 1, max: 1_000 }),
    bytes: fc.integer({ min: 1, max: 10_000 }),
    perSecond: fc.oneof(fc.integer({ min: 1, max: 5_000 }), fc.constantFrom(0.1, 0.5, 2.5)),
    baselineMs: length,
    outageMs: length,
    recoveryMs: length,
  });
  fc.assert(
    fc.property(fc.constantFrom(...targets), drafts, (each, rest) => {
      expect(problemsOf(scenarioText({ ...rest, ...each }))).toEqual([]);
    }),
  );
});

it.each([
  [{ fault: 'down' }, 'opens', 'order->payment'],
  [{ fault: 'down', outageMs: 1_000 }, 'unknown', 'order->payment'],
  [{ fault: 'down', target: { link: 'order->db' } }, 'opens', 'gateway->order'],
  [{ fault: 'down', target: { link: 'user->db' } }, 'opens', 'order->user'],
  [{ fault: 'down', target: { link: 'gateway->user' } }, 'opens', 'gateway->user'],
  [{ fault: 'latency', latencyMs: 100 }, 'staysClosed', 'order->payment'],
  [{ fault: 'latency', latencyMs: 900 }, 'unknown', 'order->payment'],
  [{ fault: 'latency', latencyMs: 100, target: { link: 'order->db' } }, 'unknown', 'gateway->order'],
  [{ fault: 'httpError', target: { service: 'inventory' } }, 'opens', 'order->inventory'],
  [{ fault: 'httpError', status: 404, target: { service: 'user' } }, 'staysClosed', 'order->user'],
  [{ fault: 'httpError', target: { service: 'gateway' } }, 'staysClosed', null],
  [{ fault: 'decline', target: { service: 'payment' } }, 'staysClosed', 'order->payment'],
] as const)('of %j the effect is: %s, seen by %s', (part, kind, watched) => {
  expect(effectOf({ ...draft, ...part })).toMatchObject({ kind, watched });
});
