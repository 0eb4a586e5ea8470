// A small valid scenario as text, with the parts of interest replaced.
import { parseScenario } from '../parse.ts';
import type { Positions } from '../position.ts';
import type { Scenario } from '../schema.ts';

const parts = {
  version: '1',
  name: 'tiny',
  title: 'A tiny scenario',
  fleet: '{ links: { order->payment: { timeout: 500ms, breaker: { failureThreshold: 3, openFor: 2s } } } }',
  warmup: '1s',
  load: '{ checkout: { executor: constant-arrival-rate, rate: 100/s, journey: place-order, maxInFlight: 50 } }',
  phases: `
  - { name: baseline, for: 2s }
  - { name: outage, for: 5s, faults: [{ type: down, link: order->payment }] }
  - { name: recovery, for: 5s }`,
  expect: `
  thresholds:
    - orders.success >= 99% during baseline
    - orders.duration p(99) < 300ms during outage
  breakers:
    order->payment: { path: [closed, open, halfOpen, "...", closed], opensWithin: 1s, callsWhileOpen: 0 }
  recovery: { within: 3s, stableFor: 2s }`,
};

export const scenarioText = (replaced: Readonly<Record<string, string>> = {}): string =>
  Object.entries({ ...parts, ...replaced })
    .map(([key, value]) => `${key}:${value.startsWith('\n') ? '' : ' '}${value}\n`)
    .join('');

export function aScenario(replaced: Readonly<Record<string, string>> = {}): {
  scenario: Scenario;
  positions: Positions;
} {
  const parsed = parseScenario(scenarioText(replaced), 'tiny.yaml');
  if (!parsed.ok) throw new Error(parsed.problems.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return parsed;
}
