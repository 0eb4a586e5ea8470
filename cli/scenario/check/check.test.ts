import { describe, expect, it } from 'vitest';
import { parseScenario } from '../parse.ts';
import { aScenario, scenarioText } from '../testing/a-scenario.ts';

type Replaced = Readonly<Record<string, string>>;

const problemsOf = (replaced: Replaced): readonly string[] => {
  const parsed = parseScenario(scenarioText(replaced), 'tiny.yaml');
  return parsed.ok ? [] : parsed.problems.map(({ message, hint = '' }) => `${message}; ${hint}`);
};
const faults = (...written: readonly string[]): Replaced => ({
  phases: `[{ name: outage, for: 4s, faults: [${written.join(', ')}] }]`,
  expect: '{}',
});
const onLink = (rest: string) => `{ link: order->payment, ${rest} }`;
const latency = (rest = '') => onLink(`type: latency, latency: 1s${rest}`);
const down = (rest = '') => onLink(`type: down${rest}`);
const inPayment = (rest: string) => `{ service: payment, ${rest} }`;
const path = (states: string, rest: Replaced = {}): Replaced => ({
  ...rest,
  expect: `{ breakers: { order->payment: { path: [${states}] } } }`,
});
const load = (...written: readonly string[]): string => `{ ${written.join(', ')} }`;
const checkout = 'checkout: { executor: constant-arrival-rate, rate: 100/s, journey: place-order, maxInFlight: 50 }';
const journey = (steps: string, feeders = '{ item: { from: items } }'): Replaced => ({
  load: load('shop: { executor: constant-vus, vus: 2, journey: shop }'),
  journeys: `{ shop: { feeders: ${feeders}, steps: [${steps}] } }`,
  expect: '{}',
});

describe('refused, with the reason and what to do', () => {
  it.each<[string, Replaced, RegExp]>([
    ['a fault that begins after its phase', faults(down(', after: 4s')), /after: the phase is over after 4s/],
    [
      'a fault that outlives its phase',
      faults(down(', after: 3s, for: 2s')),
      /for: it would last until 5s of a phase of 4s/,
    ],
    [
      'a fault that outlives its phase by its share',
      faults(down(', after: 75%, for: 50%')),
      /for: it would last until 5s/,
    ],
    ['a fault of no length', faults(down(', for: 0%')), /for: must be longer than zero/],
    ['more than the whole phase', faults(down(', after: 120%')), /after: is at most 100%/],
    ['a bare number for the start', faults(down(', after: 2')), /a duration or a share of the phase needs its unit/],
    ['two downs at once', faults(down(), down()), /contradicts fault 1 of this phase: order->payment is down already/],
    [
      'a toxic on a link that is down',
      faults(latency(), down()),
      /latency on order->payment cannot be seen while it is down/,
    ],
    ['two of a kind in one direction', faults(latency(), latency()), /a second latency downstream on order->payment/],
    [
      'what a timeout lets nobody see',
      faults(onLink('type: timeout'), latency()),
      /timeout lets nothing through order->payment/,
    ],
    [
      'an error that another answers first',
      faults(inPayment('type: httpError, status: 500'), inPayment('type: decline')),
      /httpError answers every request of payment first, so that decline hits none/,
    ],
    [
      'two delays of one route',
      faults(inPayment('type: httpDelay, delay: 1s'), inPayment('type: httpDelay, delay: 2s, route: POST /charges')),
      /a second httpDelay in payment/,
    ],
    [
      'slices of no byte',
      faults(onLink('type: slicer, averageSize: 8, sizeVariation: 8')),
      /must be less than averageSize/,
    ],
    [
      'a share of too few',
      { expect: '{ thresholds: [orders.success >= 99.95% during baseline] }' },
      /can never have enough samples: 200 arrivals are planned and this limit needs 2000/,
    ],
    [
      'a percentile of too few',
      { expect: '{ thresholds: [orders.duration p(99.9) < 1s during baseline] }' },
      /this limit needs 2000/,
    ],
    ['an unknown load', { expect: '{ thresholds: [loads.chekout.success > 1%] }' }, /did you mean "checkout"/],
    [
      'an unknown journey in a metric',
      { expect: '{ thresholds: [steps.place-ordr.order.success > 1%] }' },
      /did you mean "place-order"/,
    ],
    ['an unknown step', { expect: '{ thresholds: [steps.place-order.ordr.success > 1%] }' }, /did you mean "order"/],
    ['a metric of too many names', { expect: '{ thresholds: [orders.checkout.success > 1%] }' }, /unknown metric/],
    ['a path that begins open', path('open, halfOpen'), /it starts closed, not open/],
    ['a path with a leap', path('closed, halfOpen'), /from closed it goes to open, not to halfOpen/],
    ['a path that stands still', path('closed, closed'), /from closed it goes to open, not to closed/],
    ['a path with two gaps', path('closed, "...", "...", closed'), /drop one/],
    [
      'a path that takes longer than the run',
      path('closed, open, halfOpen, open, halfOpen, closed', {
        fleet: '{ links: { order->payment: { breaker: { openFor: 6s } } } }',
      }),
      /its 2 waits take 12s \(openFor is 6s\), and the run ends 10s after the first fault/,
    ],
    [
      'an unknown rule',
      { fleet: '{ links: { order->payment: { breaker: { rule: rte } } } }' },
      /unknown rule "rte"; did you mean "rate"/,
    ],
    [
      'a rate rule without its numbers',
      { fleet: '{ links: { order->payment: { breaker: { rule: rate, window: 1s, minimum: 2 } } } }' },
      /breaker.percent: is missing/,
    ],
    [
      'a threshold of failures in a rate rule',
      {
        fleet:
          '{ links: { order->payment: { breaker: { rule: rate, window: 1s, minimum: 2, percent: 50%, failureThreshold: 3 } } } }',
      },
      /unknown key "failureThreshold"/,
    ],
    [
      'an unknown journey',
      { load: load('a: { executor: constant-vus, vus: 1, journey: place-ordr }'), expect: '{}' },
      /unknown journey "place-ordr"; did you mean "place-order"/,
    ],
    [
      'a journey named like what every object has',
      {
        load: load('a: { executor: constant-vus, vus: 1, journey: constructor }'),
        expect: '{ thresholds: [orders.success > 1%] }',
      },
      /unknown journey "constructor"/,
    ],
    [
      'a load in an unknown phase',
      { load: load(checkout.replace(' }', ', during: [outtage] }')), expect: '{}' },
      /unknown phase "outtage"; did you mean "outage"/,
    ],
    [
      'a load with a hole in it',
      { load: load(checkout.replace(' }', ', during: [baseline, recovery] }')), expect: '{}' },
      /these phases do not follow each other/,
    ],
    [
      'more arrivals than memory',
      { load: load(checkout.replace('100/s', '20000/s')), phases: '[{ name: baseline, for: 600s }]', expect: '{}' },
      /more than a run can hold/,
    ],
    ['a rate that nobody can send', { load: load(checkout.replace('100/s', '30000/s')) }, /is at most 20000\/s/],
    ['a day that is too long', { warmup: '1441m' }, /is at most 24 hours/],
    [
      'a value that nobody feeds',
      journey('{ name: a, request: "GET /api/items/{itm}" }'),
      /unknown value "itm"; did you mean "item"/,
    ],
    [
      'a value before it is captured',
      journey('{ name: a, request: "GET /x/{id}", capture: { id: id } }', '{}'),
      /nothing feeds or captures "id"/,
    ],
    [
      'a value in a body',
      journey('{ name: a, request: POST /x, body: { user: "{who}" } }'),
      /body.user: unknown value "who"/,
    ],
    [
      'two steps of one name',
      journey('{ name: a, request: GET /x }, { name: a, request: GET /y }'),
      /a second step named "a"/,
    ],
    [
      'two steps that decide',
      journey('{ name: a, request: GET /x, decides: true }, { name: b, request: GET /y, decides: true }'),
      /"a" decides already/,
    ],
    [
      'orders where none are placed',
      { ...journey('{ name: a, request: GET /x }'), expect: '{ thresholds: [orders.success > 1%] }' },
      /no load places orders/,
    ],
    ['a pass with reasons', { known: '{ verdict: passed, by: [recovery] }' }, /drop by/],
    ['a failure without reasons', { known: '{ verdict: failed }' }, /a failure has a reason/],
    [
      'a failure by what is not expected',
      { known: '{ verdict: failed, by: [orders.duratoin] }' },
      /did you mean "orders.duration"/,
    ],
  ])('%s', (_, replaced, message) => {
    expect(problemsOf(replaced)).toEqual([expect.stringMatching(message)]);
  });

  it('beside every other problem of the file, in one go', () => {
    const told = problemsOf({
      warmup: '3',
      phases: `[{ name: baseline, for: 2s }, { name: outage, for: 5s, faults: [${latency()}, ${down()}] }]`,
      expect:
        '{ thresholds: [orders.sucess >= 1%, orders.success >= 99.99%], breakers: { order->payment: { path: [open] } } }',
      known: '{ verdict: failed }',
    });

    // Without a readable warm-up nobody knows how many arrivals there will be.
    expect(told.map((line) => line.split(/[:;]/, 1)[0])).toEqual([
      'warmup',
      'phases[1].faults[1]',
      'expect.thresholds[0]',
      'expect.breakers.order->payment.path',
      'known',
    ]);
  });
});

describe('accepted', () => {
  it.each<[string, Replaced]>([
    ['faults one after the other', faults(down(', for: 50%'), down(', after: 50%'))],
    [
      'toxics of two kinds, or in two directions',
      faults(latency(), onLink('type: slicer, averageSize: 64'), latency(', stream: upstream')),
    ],
    [
      'a delay before an error',
      faults(inPayment('type: httpDelay, delay: 1s'), inPayment('type: httpError, status: 500')),
    ],
    [
      'an error for some before one for all',
      faults(inPayment('type: httpError, status: 500, probability: 0.5'), inPayment('type: decline')),
    ],
    [
      'errors on two routes',
      faults(
        inPayment('type: httpError, status: 500, route: POST /charges'),
        inPayment('type: httpError, status: 500, route: GET /charges/:key'),
      ),
    ],
    ['a path with a gap at its start', path('"...", halfOpen, closed')],
    [
      'a rate rule',
      {
        fleet:
          '{ links: { order->payment: { timeout: 500ms, breaker: { rule: rate, window: 5s, minimum: 20, percent: 50%, openFor: 2s } } } }',
      },
    ],
    [
      'a load for two phases',
      {
        load: load(
          checkout,
          'more: { executor: constant-vus, vus: 1, journey: place-order, during: [baseline, outage] }',
        ),
      },
    ],
    [
      'a failure by the whole title',
      { known: '{ verdict: failed, by: ["orders.duration p(99) during outage", order->payment.path] }' },
    ],
    ['an inconclusive run by its dose', { known: '{ verdict: inconclusive, by: [dose] }' }],
  ])('%s', (_, replaced) => {
    expect(problemsOf(replaced)).toEqual([]);
  });
});

it('reads a rate rule with the fleet’s own openFor where the scenario gives none', () => {
  const { scenario } = aScenario({
    fleet: '{ links: { order->payment: { breaker: { rule: rate, window: 5s, minimum: 20, percent: 29% } } } }',
  });

  expect(scenario.fleet.links['order->payment']).toEqual({
    breaker: { rule: 'rate', windowMs: 5_000, minimum: 20, percent: 29 },
  });
});
