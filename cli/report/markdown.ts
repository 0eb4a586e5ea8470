// The report that a person reads in a pull request.
import { counted, moment, ms } from '../verdict/figures.ts';
import type { Judgement } from '../verdict/judgement.ts';
import type { RunResult } from '../verdict/run-result.ts';
import { definitions } from '../verdict/time-definitions.ts';
import { cell, fenced, table } from './markdown-text.ts';
import { causeText, doseText, evidenceOf, expectationsOf, outcomesText, spanText, timeRows } from './parts.ts';
import type { RunSeries } from './run-series.ts';
import { shown } from './standing.ts';

export const renderMarkdown = ({ runs }: RunSeries): string => runs.map(markdownOf).join('\n');

// --- internal ---

const markdownOf = (result: RunResult): string =>
  `${[
    head(result),
    judged(result),
    steps(result),
    phases(result),
    faults(result),
    breakers(result),
    times(result),
    evidence(result),
    notes(result),
    again(result),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;

// --- internal ---

const head = ({ scenario, verdict, reason, manual, run, durationMs, startedAt }: RunResult): string =>
  [
    `# ${cell(scenario.name)}: ${shown(verdict)}`,
    '',
    `${cell(scenario.title)}.`,
    '',
    `**${shown(verdict)}**: ${cell(reason)}`,
    '',
    `Run ${cell(run)}, ${cell(startedAt)}, ${ms(durationMs)}.${manual ? ' **Manual**: the system was changed by hand.' : ''}`,
  ].join('\n');

const judged = (result: RunResult): string =>
  titledTable(
    'Expectations',
    ['', 'Expectation', 'Expected', 'Observed', 'Margin'],
    expectationsOf(result).map(judgementRow),
  );

/** What led to the first illegal step of each broken contract. */
const steps = (result: RunResult): string =>
  expectationsOf(result)
    .flatMap(({ title, events = [] }) =>
      events.length === 0 ? [] : [[`### ${cell(title)}`, '', fenced(events)].join('\n')],
    )
    .join('\n\n');

const judgementRow = ({ standing, title, expected, observed, margin, reason }: Judgement): readonly string[] => [
  shown(standing),
  title,
  expected,
  reason === undefined ? observed : `${observed} (${reason})`,
  margin ?? '',
];

const phases = (result: RunResult): string =>
  titledTable(
    'Phases',
    ['Phase', 'When', 'Planned', 'Outcomes', 'Lost', 'Short-circuited', 'p50', 'p95', 'p99', 'max'],
    result.phases.map((phase) => {
      const { name, judged: counts, planned, duration } = phase;
      const figures = [duration.p50, duration.p95, duration.p99, duration.max].map(ms);
      return [
        counts ? name : `${name} (not judged)`,
        spanText(phase),
        String(planned),
        outcomesText(phase),
        String(phase.lost),
        String(phase.shortCircuited),
        ...figures,
      ];
    }),
  );

const faults = (result: RunResult): string =>
  titledTable(
    'Faults',
    ['Fault', 'On', 'Dose', 'When', 'In effect', 'Seen'],
    result.faults.map((fault) => [
      fault.fault,
      fault.target,
      fault.dose,
      spanText(fault),
      shown(fault.standing),
      doseText(fault),
    ]),
  );

const breakers = (result: RunResult): string => {
  const rows = result.transitions.map((transition) => {
    const { at, link, from, to } = transition;
    return [moment(at), link, `${from} > ${to}`, causeText(transition)];
  });
  return titledTable('Breakers', ['At', 'Link', 'Transition', 'Cause'], rows);
};

function times(result: RunResult): string {
  const { openLatency } = result;
  const rows = timeRows(result).map(({ key, of, value }) => [
    of,
    definitions[key].title,
    value,
    definitions[key].definition,
  ]);
  const fast =
    openLatency === null
      ? ''
      : `While a breaker was open, ${counted(openLatency.n, 'order')} took ${ms(openLatency.p99Ms)} at p99.`;
  return [titledTable('Times of the defence', ['Of', 'Figure', 'Measured', 'Definition'], rows), fast]
    .filter((part) => part !== '')
    .join('\n\n');
}

const evidence = (result: RunResult): string =>
  titledTable('Evidence', ['', 'What', 'Expected', 'Observed', ''], evidenceOf(result).map(judgementRow));

const notes = ({ notes: lines }: RunResult): string =>
  lines.length === 0 ? '' : ['## Notes', '', ...lines.map((line) => `- ${cell(line)}`)].join('\n');

function again({ command, seed, versions, machine }: RunResult): string {
  const on = machine === null ? '' : `, on ${machine.platform} with ${machine.cpus} CPUs and ${machine.memoryMb} MB`;
  const parts = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const lines = [
    '## Again',
    '',
    fenced([command]),
    '',
    cell(`Seed ${seed}${parts.map((part) => `, ${part}`).join('')}${on}.`),
  ];
  return command === '' ? '' : lines.join('\n');
}

const titledTable = (title: string, header: readonly string[], rows: readonly (readonly string[])[]): string =>
  rows.length === 0 ? '' : [`## ${title}`, '', table(header, rows)].join('\n');
