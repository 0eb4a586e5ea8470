import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { formatProblem } from './format-problem.ts';
import { parseScenario } from './parse.ts';
import { scenarioText } from './testing/a-scenario.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const [scenario = '', journeys = ''] = [...readme.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);

const problemsOf = (text: string): readonly string[] => {
  const parsed = parseScenario(text, 'README.md');
  return parsed.ok ? [] : parsed.problems.map(formatProblem);
};

it('shows a scenario that is right', () => {
  expect(problemsOf(scenario)).toEqual([]);
});

it('shows a journey that is right', () => {
  const load = '{ browsers: { executor: constant-vus, vus: 1, journey: browse-and-buy } }';

  expect(problemsOf(`${scenarioText({ load, expect: '{}' })}${journeys}`)).toEqual([]);
});

it('names every shipped scenario, once', () => {
  const shipped = readdirSync(new URL('../../scenarios/', import.meta.url)).filter((file) => file.endsWith('.yaml'));
  const rows = [...readme.matchAll(/^\| `([a-z-]+)` \| /gm)].map(([, name = '']) => `${name}.yaml`);

  expect(rows.filter((row) => shipped.includes(row)).toSorted()).toEqual(shipped.toSorted());
});
