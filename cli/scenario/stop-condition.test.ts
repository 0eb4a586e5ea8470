import { describe, expect, it } from 'vitest';
import { plan } from './plan.ts';
import { steadyStateOf } from './steady-state.ts';
import { parseStopCondition } from './stop-condition.ts';
import { aScenario } from './testing/a-scenario.ts';

describe('a stop condition', () => {
  it('is a threshold and a window', () => {
    expect(parseStopCondition(' orders.failed  > 50%   for 3s ')).toMatchObject({
      text: 'orders.failed > 50% for 3s',
      windowMs: 3_000,
      threshold: { text: 'orders.failed > 50%', kind: 'share', limit: 0.5 },
    });
    expect(parseStopCondition('orders.duration p(95) > 2s for 10s')).toMatchObject({ windowMs: 10_000 });
    expect(parseStopCondition('orders.success < 20% for 1s')).toMatchObject({ windowMs: 1_000 });
  });

  it.each([
    ['orders.failed > 50%', 'names no window; write one, such as orders.failed > 50% for 3s'],
    ['orders.failed > 50% for 3', '"3" is not a duration; write one with its unit, such as 3s'],
    ['orders.failed > 50% for 500ms', 'a window of 500ms is too short; a run is asked every 1s'],
    ['orders.faild > 50% for 3s', 'unknown metric "orders.faild"; did you mean "orders.failed"?'],
    [
      'orders.failed > 50% during outage for 3s',
      'a stop condition watches the last moments of every phase; leave during out',
    ],
    [
      'orders.failed < 50% for 3s',
      'holds where all is well, so that every run would be stopped; turn the comparison round',
    ],
    [
      'orders.success >= 50% for 3s',
      'holds where all is well, so that every run would be stopped; turn the comparison round',
    ],
    [
      'orders.duration p(99) < 1s for 3s',
      'holds where all is well, so that every run would be stopped; turn the comparison round',
    ],
  ])('%s: says what is wrong', (text, problem) => {
    expect(parseStopCondition(text)).toBe(problem);
  });
});

describe('the steady state', () => {
  const at = (replaced: Readonly<Record<string, string>>): number | undefined =>
    steadyStateOf(aScenario(replaced).scenario)?.at;

  it('is asked for just before the first fault, of the thresholds that cover the first phase', () => {
    const { scenario } = aScenario();

    expect(plan(scenario).find((step) => step.do === 'check-steady-state')).toEqual({
      at: 2_900,
      do: 'check-steady-state',
      thresholds: ['orders.success >= 99% during baseline'],
    });
  });

  it('is not asked for where it is off, where nothing is broken, where no phase comes before, or nothing is promised', () => {
    expect(at({ steadyState: 'off' })).toBeUndefined();
    expect(
      at({
        phases: '[{ name: baseline, for: 9s }, { name: outage, for: 5s }]',
        expect: '{ thresholds: [orders.success >= 99%] }',
      }),
    ).toBeUndefined();
    expect(
      at({
        phases: '[{ name: outage, for: 5s, faults: [{ type: down, link: order->payment, after: 2s }] }]',
        expect: '{ thresholds: [orders.success >= 50%] }',
      }),
    ).toBeUndefined();
    expect(at({ expect: '{ thresholds: [orders.success >= 9% during outage] }' })).toBeUndefined();
  });
});
