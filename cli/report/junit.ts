// JUnit XML: a suite is a scenario with what the command line changed of it, a case an expectation. A broken promise is a
// failure; what could not be measured is an error, as nobody was proved wrong; what a run did not live to see is skipped.
import type { Judgement } from '../verdict/judgement.ts';
import type { RunResult } from '../verdict/run-result.ts';
import { evidenceOf, expectationsOf, isBroken, saidOf, timesText } from './parts.ts';
import { type NumberedRun, numbered, type RunSeries } from './run-series.ts';
import { attributes, textContent } from './xml.ts';

export function renderJunit({ runs, notRun }: RunSeries): string {
  const suites = [...numbered(runs).map(suiteOf), ...notRun.map(suiteOfNone)];
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

function suiteOf({ run, suite }: NumberedRun): Suite {
  const cases = [...runCase(run, suite), ...expectationsOf(run).map((judgement) => caseOf(judgement, run, suite))];
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
  const cases: readonly Case[] = [
    { kind: 'skipped', xml: withChild(head, { kind: 'skipped', message: 'it was not run' }) },
  ];
  const xml = [
    `  <testsuite${attributes({ name, ...totalsOf(cases), time: 0 })}>`,
    ...cases.map((each) => each.xml),
    '  </testsuite>',
  ].join('\n');
  return { cases, xml };
}

function caseOf(judgement: Judgement, { scenario, verdict }: RunResult, suite: string): Case {
  const { title, standing, events = [], position } = judgement;
  const where = position === undefined ? {} : { file: scenario.path, line: position.line };
  const head = attributes({ classname: suite, name: title, ...where, time: 0 });
  if (standing === 'passed') return { kind: 'passed', xml: `    <testcase${head}/>` };
  const message = saidOf(judgement);
  if (isBroken(verdict) && standing === 'inconclusive') {
    return { kind: 'skipped', xml: withChild(head, { kind: 'skipped', message }) };
  }
  const kind = standing === 'failed' ? 'failure' : 'error';
  return { kind, xml: withChild(head, { kind, type: standing, message }, events) };
}

/** What no expectation tells: a run that broke, or one that promised nothing. */
function runCase({ verdict, reason, scenario, judgements }: RunResult, suite: string): readonly Case[] {
  const isTold =
    verdict === 'passed' || (!isBroken(verdict) && judgements.some(({ standing }) => standing === verdict));
  if (isTold) return [];
  const file = scenario.path === '' ? {} : { file: scenario.path };
  const head = attributes({ classname: suite, name: 'run', ...file, time: 0 });
  return [{ kind: 'error', xml: withChild(head, { kind: 'error', type: verdict, message: reason }) }];
}

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
