// JUnit XML: a suite is a scenario with what the command line changed of it, a case an expectation. A broken promise is a
// failure; what could not be measured is an error, as nobody was proved wrong; what a run did not live to see is skipped, and
// so is, with `--known`, what does not hold as it is known to.
import type { Judgement } from '../verdict/judgement.ts';
import type { RunResult } from '../verdict/run-result.ts';
import { evidenceOf, expectationsOf, isBroken, saidOf, timesText } from './parts.ts';
import { isAsKnown, type NumberedRun, numbered, type RunSeries } from './run-series.ts';
import { attributes, textContent } from './xml.ts';

export function renderJunit(series: RunSeries): string {
  const { runs, notRun } = series;
  const suites = [...numbered(series).map(suiteOf), ...notRun.map(suiteOfNone)];
  const totals = totalsOf(suites.flatMap(({ cases }) => cases));
  const time = seconds(runs.reduce((sum, { durationMs }) => sum + durationMs, 0));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'smartorders', ...totals, time })}>`,
    ...suites.map(({ xml }) => xml),
    '</testsuites>',
    '',
  ].join('\n');
}

// --- internal ---

type Kind = 'passed' | 'failure' | 'error' | 'skipped';

interface Case {
  readonly kind: Kind;
  readonly xml: string;
}

interface Suite {
  readonly cases: readonly Case[];
  readonly xml: string;
}

const seconds = (ms: number): string => (ms / 1_000).toFixed(3);

function totalsOf(cases: readonly Case[]) {
  const count = (wanted: Kind): number => cases.filter(({ kind }) => kind === wanted).length;
  return { tests: cases.length, failures: count('failure'), errors: count('error'), skipped: count('skipped') };
}

function suiteOf(one: NumberedRun): Suite {
  const { run, suite } = one;
  const cases = [...knownCase(one), ...runCase(one), ...expectationsOf(run).map((judgement) => caseOf(judgement, one))];
  const timestamp = run.startedAt.replace(/\.\d+Z?$|Z$/, '');
  const when = { time: seconds(run.durationMs), ...(timestamp === '' ? {} : { timestamp }) };
  const xml = [
    `  <testsuite${attributes({ name: suite, ...totalsOf(cases), ...when })}>`,
    '    <properties>',
    ...properties(run).map(([name, value]) => `      <property${attributes({ name, value })}/>`),
    '    </properties>',
    ...cases.map((each) => each.xml),
    '  </testsuite>',
  ].join('\n');
  return { cases, xml };
}

function suiteOfNone(name: string): Suite {
  const head = attributes({ classname: name, name: 'run', time: 0 });
  const cases = [skipped(head, 'it was not run')];
  const xml = [
    `  <testsuite${attributes({ name, ...totalsOf(cases), time: 0 })}>`,
    ...cases.map((each) => each.xml),
    '  </testsuite>',
  ].join('\n');
  return { cases, xml };
}

function caseOf(judgement: Judgement, one: NumberedRun): Case {
  const { title, standing, events = [], position } = judgement;
  const { scenario, verdict } = one.run;
  const where = position === undefined ? {} : { file: scenario.path, line: position.line };
  const head = attributes({ classname: one.suite, name: title, ...where, time: 0 });
  if (standing === 'passed') return { kind: 'passed', xml: `    <testcase${head}/>` };
  const message = saidOf(judgement);
  if (isAsKnown(one)) return skipped(head, `${standing}, as known: ${message}`);
  if (isBroken(verdict) && standing === 'inconclusive') {
    return skipped(head, message);
  }
  const kind = standing === 'failed' ? 'failure' : 'error';
  return { kind, xml: withChild(head, { kind, type: standing, message }, events) };
}

/** With `--known` the question is whether the run ended as it is known to; what decides is that. */
function knownCase({ run: { scenario }, suite, difference }: NumberedRun): readonly Case[] {
  if (difference === undefined) return [];
  const file = scenario.path === '' ? {} : { file: scenario.path };
  const head = attributes({ classname: suite, name: 'ends as it is known to', ...file, time: 0 });
  return difference === null
    ? [{ kind: 'passed', xml: `    <testcase${head}/>` }]
    : [{ kind: 'failure', xml: withChild(head, { kind: 'failure', type: 'not as known', message: difference }) }];
}

/** What no expectation tells: a run that broke, or one that promised nothing. */
function runCase(one: NumberedRun): readonly Case[] {
  const { verdict, reason, scenario, judgements } = one.run;
  const isTold =
    verdict === 'passed' || (!isBroken(verdict) && judgements.some(({ standing }) => standing === verdict));
  if (isTold) return [];
  const file = scenario.path === '' ? {} : { file: scenario.path };
  const head = attributes({ classname: one.suite, name: 'run', ...file, time: 0 });
  if (isAsKnown(one)) return [skipped(head, `${verdict}, as known: ${reason}`)];
  return [{ kind: 'error', xml: withChild(head, { kind: 'error', type: verdict, message: reason }) }];
}

const skipped = (head: string, message: string): Case => ({
  kind: 'skipped',
  xml: withChild(head, { kind: 'skipped', message }),
});

interface Child {
  readonly kind: string;
  readonly type?: string;
  readonly message: string;
}

function withChild(head: string, { kind, ...child }: Child, lines: readonly string[] = []): string {
  const body = lines.length === 0 ? '/>' : `>${textContent(lines.join('\n'))}</${kind}>`;
  return [`    <testcase${head}>`, `      <${kind}${attributes(child)}${body}`, '    </testcase>'].join('\n');
}

const properties = (result: RunResult): readonly (readonly [string, string])[] => [
  ['run', result.run],
  ['verdict', result.verdict],
  ['reason', result.reason],
  ['seed', String(result.seed)],
  ...(result.manual ? [['manual', 'true'] as const] : []),
  ['scenario-hash', result.scenario.hash],
  ['command', result.command],
  ...evidenceOf(result).map(({ title, observed, reason }) => [`evidence: ${title}`, reason ?? observed] as const),
  ...timesText(result).map((text) => ['time', text] as const),
];
