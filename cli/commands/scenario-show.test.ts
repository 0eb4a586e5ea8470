import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { plain } from '../report/paint.ts';
import type { Terminal } from '../terminal.ts';
import { showScenarios } from './scenario-show.ts';

const cwd = fileURLToPath(new URL('../..', import.meta.url));

function aTerminal(columns?: number): Terminal & { readonly lines: string[]; readonly errors: string[] } {
  const [lines, errors]: [string[], string[]] = [[], []];
  const size = columns === undefined ? {} : { size: { columns, rows: 24 } };
  const [out, err] = [(line: string) => void lines.push(line), (line: string) => void errors.push(line)];
  return { out, err, env: {}, cwd, paint: plain, lines, errors, ...size };
}

it.each([
  [undefined, 80],
  [60, 80],
  [90, 90],
  [200, 100],
])('of a terminal with %s columns uses %i', (columns, width) => {
  const terminal = aTerminal(columns);

  showScenarios(['payment-outage'], {}, terminal);

  const axis = terminal.lines.find((line) => line.includes('┴─'));
  expect(axis?.length).toBe(width);
});

it('explains what a scenario would be with another value', () => {
  const terminal = aTerminal();

  showScenarios(['payment-outage'], { set: ['phases.outage.for=30s'] }, terminal);

  expect(terminal.lines).toContain('  Phase outage, from 8 s to 38 s:');
});

it('gives machines the normalised scenario and its plan: one as it is, several as a list', () => {
  const [one, two] = [aTerminal(), aTerminal()];

  showScenarios(['payment-outage'], { json: true }, one);
  showScenarios(['payment-outage', 'no-breaker'], { json: true }, two);

  const shown = JSON.parse(one.lines.join(''));
  expect(shown).toMatchObject({ path: 'scenarios/payment-outage.yaml', scenario: { warmupMs: 3_000 } });
  expect(shown.plan.at(-1)).toEqual({ at: 35_000, do: 'end' });
  expect(JSON.parse(two.lines.join(''))[0]).toEqual(shown);
});

it('tells the problems of a scenario that is none, and explains nothing', () => {
  const terminal = aTerminal();

  expect(showScenarios(['payment-outage'], { set: ['seed=-1'] }, terminal)).toBe(3);
  expect(terminal.errors.join('\n')).toMatch(/seed: must be at least 0/);
  expect(terminal.lines).toEqual([]);
});
