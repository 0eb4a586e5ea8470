import { describe, expect, it } from 'vitest';
import { formatProblem } from './format-problem.ts';
import type { Overrides } from './overrides.ts';
import { parseScenario } from './parse.ts';
import { scenarioText } from './testing/a-scenario.ts';

const text = scenarioText({
  variables: '{ rate: 60/s, room: 50, phase: outage }',
  load: '{ checkout: { executor: constant-arrival-rate, rate: "${rate}", journey: place-order, maxInFlight: "${room}" } }',
});

function parsed(overrides: Partial<Overrides>, written = text) {
  return parseScenario(written, 'tiny.yaml', { overrides: { vars: {}, set: [], ...overrides } });
}
function scenarioOf(overrides: Partial<Overrides>, written = text) {
  const result = parsed(overrides, written);
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.scenario;
}
function told(overrides: Partial<Overrides>, written = text): string {
  const result = parsed(overrides, written);
  return result.ok ? 'no problem' : `\n${result.problems.map(formatProblem).join('\n')}\n`;
}

describe('a variable', () => {
  it('is its default where nobody says otherwise, and keeps its type', () => {
    expect(scenarioOf({}).load.checkout).toMatchObject({ perSecond: 60, maxInFlight: 50 });
  });

  it('is what --var says', () => {
    expect(scenarioOf({ vars: { rate: '80/s', room: '7' } }).load.checkout).toMatchObject({
      perSecond: 80,
      maxInFlight: 7,
    });
  });

  it('can stand within a text', () => {
    const written = text.replace('during outage', 'during ${phase}').replace('title: A tiny', 'title: A ${phase}');

    expect(scenarioOf({}, written)).toMatchObject({ title: 'A outage scenario' });
    expect(scenarioOf({ vars: { phase: 'recovery' } }, written).expect.thresholds[1]?.during).toEqual(['recovery']);
  });

  it('that brings a wrong value is told where it is used, with its value', () => {
    expect(told({ vars: { rate: '80' } })).toMatchInlineSnapshot(`
      "
      tiny.yaml:6:60: load.checkout.rate: a rate needs its unit (/s): 80 alone does not say of what (\${rate} is 80)
        6 | load: { checkout: { executor: constant-arrival-rate, rate: "\${rate}", journey: place-order, maxInFlight: "\${room}" } }
          |                                                            ^
        hint: write 40/s
      "
    `);
  });

  it('that nobody declares is told, in the file and on the command line', () => {
    expect(told({ vars: { rat: '80/s' } }, text.replace('"${room}"', '"${rom}"'))).toMatchInlineSnapshot(`
      "
      --var:1:5: unknown variable "rat"
        1 | rat=80/s
          |     ^
        hint: did you mean "rate"?
      tiny.yaml:6:106: load.checkout.maxInFlight: unknown variable "rom"
        6 | load: { checkout: { executor: constant-arrival-rate, rate: "\${rate}", journey: place-order, maxInFlight: "\${rom}" } }
          |                                                                                                          ^
        hint: did you mean "room"?
      "
    `);
  });

  it('that is declared nowhere is told with how to declare it', () => {
    expect(told({}, scenarioText({ warmup: '"${start}"' }))).toContain('variables: { start: … }');
    expect(told({ vars: { start: '1s' } }, scenarioText())).toContain('the scenario has no variables');
  });
});

describe('--set', () => {
  it.each([
    ['load.checkout.rate=80/s', { load: { checkout: { perSecond: 80 } } }],
    ['phases.outage.for=7s', { phases: [{}, { forMs: 7_000 }, {}] }],
    ['phases[0].for=9s', { phases: [{ forMs: 9_000 }, {}, {}] }],
    [
      'fleet.links.order:payment.breaker.openFor=3s',
      { fleet: { links: { 'order->payment': { breaker: { openForMs: 3_000 } } } } },
    ],
    ['fleet.links.order->user.timeout=250ms', { fleet: { links: { 'order->user': { timeoutMs: 250 } } } }],
    ['fleet.links.order->payment.breaker=off', { fleet: { links: { 'order->payment': { breaker: 'off' } } } }],
    ['warmup=0s', { warmupMs: 0 }],
    ['data.users=3', { data: { users: 3, items: 5 } }],
    ['tags=[one, two]', { tags: ['one', 'two'] }],
    ['phases.outage.faults[0].type=down', { phases: [{}, { faults: [{ type: 'down' }] }, {}] }],
  ])('%s', (set, expected) => {
    // A breaker that is off can be expected nothing of.
    const written = text.replace(/ {2}breakers:[\s\S]*(?= {2}recovery)/, '');

    expect(scenarioOf({ set: [set] }, written)).toMatchObject(expected);
  });

  it('that brings a wrong value is told as what was typed', () => {
    expect(told({ set: ['load.checkout.rate=80', 'phases.outage.fr=5s'] })).toMatchInlineSnapshot(`
      "
      --set:1:18: phases[1].fr: unknown key "fr"
        1 | phases.outage.fr=5s
          |                  ^
        hint: did you mean "for"?
      --set:1:20: load.checkout.rate: a rate needs its unit (/s): 80 alone does not say of what
        1 | load.checkout.rate=80
          |                    ^
        hint: write 40/s
      "
    `);
  });

  it.each([
    ['load.checkout.rate', 'not path=value'],
    ['phases.outtage.for=5s', 'did you mean "outage"?'],
    ['phases[9].for=5s', 'unknown part of phases "9"'],
    ['warmup.for=5s', 'warmup holds no parts'],
    ['phases..for=5s', 'is no path'],
    ['warmup=[', 'the value is not YAML'],
  ])('%s is refused', (set, message) => {
    expect(told({ set: [set] })).toContain(message);
  });
});
