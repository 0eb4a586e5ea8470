// Markdown for a pull request's comment and for GitHub's step summary: what did not hold first, and how to see it again.
import { ms } from '../verdict/figures.ts';
import type { Judgement } from '../verdict/judgement.ts';
import { cell, fenced, table } from './markdown-text.ts';
import { expectationsOf, notHeld } from './parts.ts';
import { isAsKnown, type NumberedRun, numbered, type RunSeries } from './run-series.ts';
import { shown } from './standing.ts';

/** GitHub refuses a comment of more than 65,536 characters: what is left out is said, and is in the report. */
const mostRows = 50;
const mostCharacters = 60_000;

export function renderRunSummary(series: RunSeries): string {
  const all = numbered(series);
  const rows = [...all.map(runRow), ...series.notRun.map((name) => [name, 'not run', '', ''])];
  const head = ['## SmartOrders', '', table(['Scenario', 'Verdict', 'Why', 'Length'], rows)].join('\n');
  const parts = all.filter(isNews).map(details);
  const told = parts.filter((_, index) => lengthOf([head, ...parts.slice(0, index + 1)]) <= mostCharacters);
  const left = parts.length - told.length;
  const rest = left === 0 ? [] : [`${left} more did not end as they should; junit.xml and report.md tell of all.`];
  return `${[head, ...told, ...rest].join('\n\n')}\n`;
}

// --- internal ---

const lengthOf = (parts: readonly string[]): number => parts.reduce((sum, { length }) => sum + length, 0);

const runRow = (one: NumberedRun): readonly string[] => [
  one.suite,
  verdictOf(one),
  one.difference ?? one.run.reason,
  ms(one.run.durationMs),
];

/** What somebody has to look at: it did not pass, or not end as it is known to. */
const isNews = (one: NumberedRun): boolean =>
  (one.difference ?? null) !== null || (one.run.verdict !== 'passed' && !isAsKnown(one));

function verdictOf(one: NumberedRun): string {
  if (isAsKnown(one)) return `${shown(one.run.verdict)}, as known`;
  return `${shown(one.run.verdict)}${(one.difference ?? null) === null ? '' : ', not as known'}`;
}

function details(one: NumberedRun): string {
  const { run, suite } = one;
  const wrong = notHeld(run);
  const held = expectationsOf(run).filter(({ standing }) => standing === 'passed').length;
  const more = wrong.length - mostRows;
  return [
    `### ${cell(suite)}: ${verdictOf(one)}`,
    cell(one.difference ?? run.reason),
    ...(wrong.length === 0 ? [] : [table(['', 'What', 'Expected', 'Observed'], wrong.slice(0, mostRows).map(row))]),
    ...(more > 0 ? [`And ${more} more.`] : []),
    ...(held === 0 ? [] : [`${held} of ${expectationsOf(run).length} hold.`]),
    ...(run.command === '' ? [] : ['Again:', fenced([run.command])]),
  ].join('\n\n');
}

const row = ({ standing, title, expected, observed, reason }: Judgement): readonly string[] => [
  shown(standing),
  title,
  expected,
  reason === undefined ? observed : `${observed} (${reason})`,
];
