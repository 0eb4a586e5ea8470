import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatPlan } from './format-plan.ts';
import { plan } from './plan.ts';
import { aScenario } from './testing/a-scenario.ts';

it('is what --dry-run prints', () => {
  const { scenario } = aScenario();

  expect(`\n${formatPlan(plan(scenario), scenario)}\n`).toMatchInlineSnapshot(`
    "
    tiny: A tiny scenario
    seed 1

          0s  phase warmup starts (not judged)
          0s  load checkout starts: place-order 100/s uniform, at most 50 in flight
          1s  phase warmup ends
          1s  phase baseline starts
        2.9s  nothing is broken unless orders.success >= 99% during baseline
          3s  phase baseline ends
          3s  phase outage starts
          3s  fault outage/1: down on order->payment, at most 10s
          8s  fault outage/1 cleared
          8s  phase outage ends
          8s  phase recovery starts
         13s  phase recovery ends
         13s  load checkout stops
         13s  end
    "
  `);
});

it('clears the faults of a phase before the next phase sets its own', () => {
  const fault = 'faults: [{ type: down, link: order->payment }]';
  const phases = `[{ name: one, for: 1s, ${fault} }, { name: two, for: 1s, ${fault} }]`;
  const { scenario } = aScenario({ phases, expect: '{}' });

  expect(
    plan(scenario)
      .filter(({ at }) => at === 2_000)
      .map((step) => step.do),
  ).toEqual(['clear-fault', 'end-phase', 'start-phase', 'set-fault']);
});

it('has no warm-up where none is wanted', () => {
  const steps = plan(aScenario({ warmup: '0s' }).scenario);

  expect(steps.filter(({ at }) => at === 0)).toEqual([
    { at: 0, do: 'start-phase', phase: 'baseline', judged: true },
    { at: 0, do: 'start-load', load: 'checkout' },
  ]);
});

it('sets and clears a fault inside its phase, by time and by share', () => {
  const written = [
    '{ type: down, link: order->payment, after: 1s, for: 1s }',
    '{ type: latency, link: order->user, latency: 1s, after: 25%, for: 50% }',
    '{ type: latency, link: order->db, latency: 1s, after: 50% }',
  ];
  const phases = `[{ name: one, for: 1s }, { name: two, for: 4s, faults: [${written.join(', ')}] }]`;
  const { scenario } = aScenario({ warmup: '1s', phases, expect: '{}' });
  const spans = plan(scenario).flatMap((step) =>
    step.do === 'set-fault' || step.do === 'clear-fault' ? [`${step.at} ${step.do} ${step.fault}`] : [],
  );

  expect(spans).toEqual([
    '3000 set-fault two/1',
    '3000 set-fault two/2',
    '4000 clear-fault two/1',
    '4000 set-fault two/3',
    '5000 clear-fault two/2',
    '6000 clear-fault two/3',
  ]);
});

it('starts and stops a load with the phases that it is for', () => {
  const load = '{ spike: { executor: constant-vus, vus: 1, journey: place-order, during: [outage, recovery] } }';
  const { scenario } = aScenario({ load, expect: '{}' });
  const steps = plan(scenario).flatMap((step) => ('load' in step ? [`${step.at} ${step.do}`] : []));

  expect(steps).toEqual(['3000 start-load', '13000 stop-load']);
});

it('is sorted, ends with `end`, and clears every fault that it sets, within its TTL', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(lengths, fc.nat(10_000), (forMs, warmupMs) => {
      const { scenario } = aScenario();
      const faults = scenario.phases[1]?.faults ?? [];
      const phases = forMs.map((length, index) => ({ name: `p${index}`, forMs: length, faults }));
      const steps = plan({ ...scenario, warmupMs, phases });
      const times = steps.map(({ at }) => at);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(steps.at(-1)?.do).toBe('end');
      for (const set of steps.filter((step) => step.do === 'set-fault')) {
        const clear = steps.find((step) => step.do === 'clear-fault' && step.fault === set.fault);
        expect(set.ttlMs).toBe((clear?.at ?? 0) - set.at + 5_000);
      }
    }),
  );
});
