import fc from 'fast-check';
import { expect, it } from 'vitest';
import { faultTypes } from '../fault.ts';
import { scenarioSchema } from '../schema.ts';
import { aScenario, scenarioText } from '../testing/a-scenario.ts';
import { showLines } from './show.ts';

it('says every kind of load, journey, rule and promise in words', () => {
  const text = `# yaml-language-server: $schema=./scenario.schema.json\n#\n# What it teaches.\n${scenarioText(everything)}`;
  const { scenario } = aScenario(everything);

  expect(`\n${showLines(scenario, { path: 'tiny.yaml', text }).join('\n')}\n`).toMatchSnapshot();
});

it('draws with plain characters when asked to, and says no word that is not ASCII', () => {
  const { scenario } = aScenario(everything);
  const lines = showLines(scenario, { path: 'tiny.yaml', text: '' }, { isAscii: true });

  expect(lines.join('\n')).toMatch(/^[\n -~]*$/);
  expect(lines.filter((line) => line.includes('###') || line.endsWith(' #'))).toHaveLength(3);
});

it('never throws and keeps within its width, whatever valid scenario comes', () => {
  fc.assert(
    fc.property(scenarios, fc.integer({ min: 80, max: 100 }), fc.boolean(), (raw, width, isAscii) => {
      const scenario = scenarioSchema.parse(raw);
      const lines = showLines(
        scenario,
        { path: `${'x'.repeat(150)}.yaml`, text: `# ${raw.title}` },
        { width, isAscii },
      );
      expect(lines.filter((line) => line.length > width || line.includes('undefined') || line.includes('NaN'))).toEqual(
        [],
      );
      // Each fault and each load has its lane.
      for (const phase of scenario.phases) {
        for (const [index] of phase.faults.entries()) {
          const id = `${phase.name}/${index + 1}`.slice(0, 19);
          expect(lines.some((line) => line.startsWith(`  ${id}`) && /[▓#]/.test(line))).toBe(true);
        }
      }
    }),
  );
});

const everything = {
  stopConditions: '[orders.failed > 50% for 3s]',
  tags: '[slow, breaker]',
  known: '{ verdict: failed, by: [orders.duration, recovery] }',
  fleet: `{ links: {
    order->payment: { timeout: 500ms, breaker: { rule: rate, window: 10s, minimum: 20, percent: 50%, openFor: 2s } },
    order->user: { breaker: off }, order->db: { timeout: 1s } } }`,
  journeys: `{ browse: { feeders: { item: { from: items }, size: { from: [1, 2], order: sequential } }, steps: [
    { name: look, request: "GET /api/items/{item}", expect: [200, 404], capture: { price: price_cents } },
    { name: buy, request: POST /api/orders, body: { item_id: "{item}", quantity: "{size}" }, pause: 1s, decides: true } ] } }`,
  load: `
  checkout: { executor: constant-arrival-rate, rate: 10/s, journey: place-order, maxInFlight: 50 }
  rush: { executor: ramping-arrival-rate, startRate: 5/s, stages: [{ rate: 80/s, for: 4s }, { rate: 20/s, for: 2s }], journey: place-order, maxInFlight: 1, arrivals: poisson }
  lookers: { executor: constant-vus, vus: 3, pause: 500ms, journey: browse, during: [outage] }`,
  phases: `
  - { name: baseline, for: 2s }
  - name: outage
    for: 8s
    faults:
      - { type: latency, link: order->payment, latency: 600ms, jitter: 50ms, after: 25%, for: 4s }
      - { type: httpError, service: user, status: 503, probability: 0.3, route: "GET /users/:id", skipFirst: 2, failCount: 9 }
  - { name: blip, for: 100ms, faults: [{ type: down, link: order->inventory, for: 10ms }] }
  - { name: recovery, for: 5s }`,
  expect: `
  thresholds:
    - orders.success >= 90% during baseline
    - orders.duration p(99) < 300ms
    - orders.duration avg <= 100ms during outage, recovery
    - loads.rush.dropped <= 0% during outage
    - steps.browse.look.duration max < 1s during outage
    - calls.order->payment.rejected > 5% during outage
  breakers:
    order->payment: { path: ["..."], opensWithin: 5s, callsWhileOpen: 2 }
    gateway->order: {}
  recovery: { within: 3s, stableFor: 2s }`,
};

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,40}$/).filter((text) => text !== 'warmup');
const length = fc.integer({ min: 1, max: 90_000 }).map((ms) => `${ms}ms`);
const part = fc.oneof(
  length,
  fc.integer({ min: 1, max: 100 }).map((percent) => `${percent}%`),
);
const rate = fc.integer({ min: 1, max: 20_000 }).map((perSecond) => `${perSecond}/s`);
const link = fc.constantFrom('order->payment', 'order:db', 'gateway->user');
const stream = fc.constantFrom('upstream', 'downstream');
const toxicity = fc.constantFrom(1, 0.25, 0.333_333);
const doses: Readonly<Record<(typeof faultTypes)[number], object>> = {
  latency: { latency: '2s', jitter: '30ms' },
  bandwidth: { rate: '10KB/s' },
  slowClose: { delay: '1s' },
  timeout: { timeout: '1s' },
  resetPeer: { timeout: '10ms' },
  slicer: { averageSize: 10, sizeVariation: 3, delay: '5ms' },
  limitData: { bytes: 1 },
  down: {},
  httpError: { status: 503 },
  httpDelay: { delay: '20ms' },
  decline: {},
};
const fault = fc
  .tuple(
    fc.constantFrom(...faultTypes),
    link,
    stream,
    toxicity,
    fc.record({ after: part, for: part }, { requiredKeys: [] }),
  )
  .map(([type, where, half, hit, window]) => {
    const target =
      type.startsWith('http') || type === 'decline' ? { service: 'payment', probability: hit } : { link: where };
    return {
      type,
      ...doses[type],
      ...target,
      ...('link' in target && type !== 'down' ? { stream: half, toxicity: hit } : {}),
      ...window,
    };
  });
const load = fc.oneof(
  rate.map((perSecond) => ({
    executor: 'constant-arrival-rate',
    rate: perSecond,
    maxInFlight: 5,
    journey: 'place-order',
  })),
  fc
    .tuple(rate, fc.array(fc.record({ rate, for: length }), { minLength: 1, maxLength: 4 }))
    .map(([startRate, stages]) => ({
      executor: 'ramping-arrival-rate',
      startRate,
      stages,
      maxInFlight: 5,
      journey: 'place-order',
    })),
  fc.integer({ min: 1, max: 500 }).map((vus) => ({ executor: 'constant-vus', vus, journey: 'place-order' })),
);
const scenarios = fc.record({
  version: fc.constant(1),
  name,
  title: fc.lorem({ maxCount: 30 }),
  warmup: fc.oneof(fc.constant('0s'), length),
  load: fc.dictionary(name, load, { minKeys: 1, maxKeys: 3 }),
  phases: fc.uniqueArray(fc.record({ name, for: length, faults: fc.array(fault, { maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 12,
    selector: (phase) => phase.name,
  }),
});
