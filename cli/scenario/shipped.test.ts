import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseScenario } from './parse.ts';
import { policiesOf } from './policies.ts';

const testFolder = new URL('../../test/scenarios/', import.meta.url);
const folder = new URL('../../scenarios/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

describe.each(files)('scenarios/%s', (file) => {
  const parsed = parseScenario(readFileSync(new URL(file, folder), 'utf8'), file);

  it('is valid and named like its file', () => {
    expect(parsed.ok ? `${parsed.scenario.name}.yaml` : parsed.problems).toBe(file);
  });

  it('is short, and its chance streaks cannot decide', () => {
    if (!parsed.ok) return;
    const { name, phases } = parsed.scenario;
    const faults = phases.flatMap((phase) => phase.faults);
    const length = phases.reduce((sum, { forMs }) => sum + forMs, 0);
    const probabilities = faults.map((fault) => ('service' in fault ? fault.probability : 1));

    expect(length).toBeLessThanOrEqual(name === 'payment-outage' ? 32_000 : 15_000);
    expect(probabilities.every((probability) => probability >= 0.3 || probability <= 0.02)).toBe(true);
    expect(policiesOf(parsed.scenario)['order->payment']?.breaker?.openForMs ?? 2_000).toBe(
      name === 'payment-outage' ? 10_000 : 2_000,
    );
  });
});

it.each(readdirSync(testFolder).filter((name) => name.endsWith('.yaml')))('test/scenarios/%s is valid', (file) => {
  const parsed = parseScenario(readFileSync(new URL(file, testFolder), 'utf8'), file);

  expect(parsed.ok ? `${parsed.scenario.name}.yaml` : parsed.problems).toBe(file);
});
