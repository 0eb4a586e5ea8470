import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { executors } from './load.ts';
import { parseScenario, type TextFile } from './parse.ts';
import { policiesOf } from './policies.ts';
import type { Scenario } from './schema.ts';

const testFolder = new URL('../../test/scenarios/', import.meta.url);
const folder = new URL('../../scenarios/', import.meta.url);
const yamlIn = (of: URL): readonly string[] => readdirSync(of).filter((name) => name.endsWith('.yaml'));
const textOf = (file: string): string => readFileSync(new URL(file, folder), 'utf8');

const journeyFiles: Readonly<Record<string, TextFile>> = Object.fromEntries(
  yamlIn(new URL('journeys/', folder)).map((file) => [
    file.replace('.yaml', ''),
    { path: file, text: textOf(`journeys/${file}`) },
  ]),
);
const parse = (file: string) => parseScenario(textOf(file), file, { journeyFiles });
const files = yamlIn(folder);
const library: readonly Scenario[] = files.map(parse).flatMap((parsed) => (parsed.ok ? [parsed.scenario] : []));

describe.each(files)('scenarios/%s', (file) => {
  const parsed = parse(file);

  it('is valid and named like its file', () => {
    expect(parsed.ok ? `${parsed.scenario.name}.yaml` : parsed.problems).toBe(file);
  });

  it('says to editors what it is, to readers what it teaches, and has tags', () => {
    const [schema, empty, ...rest] = textOf(file).split('\n');

    expect([schema, empty]).toEqual(['# yaml-language-server: $schema=./scenario.schema.json', '#']);
    expect(rest.findIndex((line) => !line.startsWith('#'))).toBeGreaterThanOrEqual(2);
    expect(parsed.ok && parsed.scenario.tags.length > 0).toBe(true);
  });

  it('is short, and its chance streaks cannot decide', () => {
    if (!parsed.ok) return;
    const { name, phases } = parsed.scenario;
    const faults = phases.flatMap((phase) => phase.faults);
    const length = phases.reduce((sum, { forMs }) => sum + forMs, 0);
    const probabilities = faults.map((fault) => ('service' in fault ? fault.probability : 1));

    expect(length).toBeLessThanOrEqual(name === 'payment-outage' ? 32_000 : 15_000);
    expect(probabilities.every((probability) => probability >= 0.3 || probability <= 0.02)).toBe(true);
  });

  it('keeps a breaker that is to open open for 2 s, so that probes come often', () => {
    if (!parsed.ok) return;
    const { name, expect: promised } = parsed.scenario;
    const opening = Object.entries(promised.breakers).filter(([, { path }]) => path?.includes('open'));
    const waits = opening.map(([link]) => policiesOf(parsed.scenario)[link]?.breaker?.openForMs);

    expect(new Set(waits)).toEqual(new Set(waits.map(() => (name === 'payment-outage' ? 10_000 : 2_000))));
  });
});

describe('the library', () => {
  const loads = library.flatMap(({ load }) => Object.values(load));

  it('shows every executor, both kinds of arrivals, both rules and every verdict', () => {
    expect(new Set(loads.map(({ executor }) => executor))).toEqual(new Set(executors));
    expect(new Set(loads.flatMap((load) => ('arrivals' in load ? [load.arrivals] : [])))).toEqual(
      new Set(['uniform', 'poisson']),
    );
    expect(
      new Set(library.flatMap((scenario) => Object.values(policiesOf(scenario)).map(({ breaker }) => breaker?.rule))),
    ).toEqual(new Set(['consecutive', 'rate', undefined]));
    expect(new Set(library.map(({ known }) => known.verdict))).toEqual(new Set(['passed', 'failed', 'inconclusive']));
  });

  it('shows variables, several loads, and journeys in the file and beside it', () => {
    const journeys = new Set(loads.map(({ journey }) => journey));

    expect(library.filter(({ variables }) => Object.keys(variables).length > 0).length).toBeGreaterThan(1);
    expect(library.filter(({ load }) => Object.keys(load).length > 1).length).toBeGreaterThan(1);
    expect([...journeys]).toEqual(expect.arrayContaining(['place-order', 'sign-up', ...Object.keys(journeyFiles)]));
  });

  it('gives every scenario a seed of its own, except where two are to hit the same orders', () => {
    const others = library.filter(({ name }) => name !== 'rate-rule');
    const seedOf = (name: string) => library.find((scenario) => scenario.name === name)?.seed;

    expect(new Set(others.map(({ seed }) => seed)).size).toBe(others.length);
    expect(seedOf('rate-rule')).toBe(seedOf('payment-flaky'));
  });
});

it.each(yamlIn(testFolder))('test/scenarios/%s is valid', (file) => {
  const parsed = parseScenario(readFileSync(new URL(file, testFolder), 'utf8'), file);

  expect(parsed.ok ? `${parsed.scenario.name}.yaml` : parsed.problems).toBe(file);
});
