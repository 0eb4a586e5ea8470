// JUnit XML: a suite is the scenario, a case an expectation. Inconclusive is an error, not a failure: nobody was proved wrong.
import type { Judgement } from '../verdict/judgement.ts';
import type { RunResult } from '../verdict/run-result.ts';
import { evidenceOf, expectationsOf, timesText } from './parts.ts';

export function renderJunit(result: RunResult): string {
  const { scenario, startedAt, durationMs } = result;
  const cases = [...expectationsOf(result).map((judgement) => caseOf(judgement, result)), ...runCase(result)];
  const totals = {
    tests: cases.length,
    failures: cases.filter(({ kind }) => kind === 'failure').length,
    errors: cases.filter(({ kind }) => kind === 'error').length,
    time: (durationMs / 1_000).toFixed(3),
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'smartorders', ...totals })}>`,
    `  <testsuite${attributes({ name: scenario.name, ...totals, skipped: 0, timestamp: startedAt.replace(/\.\d+Z?$|Z$/, '') })}>`,
    '    <properties>',
    ...properties(result).map(([name, value]) => `      <property${attributes({ name, value })}/>`),
    '    </properties>',
    ...cases.map(({ xml }) => xml),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

// --- internal ---

interface Case {
  readonly kind: 'passed' | 'failure' | 'error';
  readonly xml: string;
}

function caseOf(judgement: Judgement, { scenario }: RunResult): Case {
  const { title, standing, expected, observed, reason, events = [], position } = judgement;
  const where = position === undefined ? {} : { file: scenario.path, line: position.line };
  const head = attributes({ classname: scenario.name, name: title, ...where, time: 0 });
  if (standing === 'passed') return { kind: 'passed', xml: `    <testcase${head}/>` };
  const kind = standing === 'failed' ? 'failure' : 'error';
  const message = `expected ${expected}, observed ${observed}${reason === undefined ? '' : `: ${reason}`}`;
  return { kind, xml: withChild(head, { kind, type: standing, message }, events) };
}

/** What no expectation tells: a run that broke, or one that promised nothing. */
function runCase({ verdict, reason, scenario, judgements }: RunResult): readonly Case[] {
  const isTold = verdict === 'passed' || judgements.some(({ standing }) => standing === verdict);
  if (isTold) return [];
  const head = attributes({ classname: scenario.name, name: 'run', time: 0 });
  return [{ kind: 'error', xml: withChild(head, { kind: 'error', type: verdict, message: reason }) }];
}

interface Child {
  readonly kind: string;
  readonly type: string;
  readonly message: string;
}

function withChild(head: string, { kind, ...child }: Child, lines: readonly string[] = []): string {
  const body = lines.length === 0 ? '/>' : `>${escaped(lines.join('\n')).replaceAll('&#10;', '\n')}</${kind}>`;
  return [`    <testcase${head}>`, `      <${kind}${attributes(child)}${body}`, '    </testcase>'].join('\n');
}

const properties = (result: RunResult): readonly (readonly [string, string])[] => [
  ['run', result.run],
  ['verdict', result.verdict],
  ['reason', result.reason],
  ['seed', String(result.seed)],
  ...(result.manual ? [['manual', 'true'] as const] : []),
  ['reproduce', result.command],
  ...evidenceOf(result).map(({ title, observed, reason }) => [`evidence: ${title}`, reason ?? observed] as const),
  ...timesText(result).map((text) => ['time', text] as const),
];

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
};

const escaped = (text: string): string =>
  text.replaceAll(notXml, '\uFFFD').replaceAll(/[&<>"\n\t]/g, (character) => entities[character] ?? character);

/** XML 1.0 has no place for these, not even escaped. */
const notXml = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
