// The end of a run on the terminal: a line per expectation, then the evidence, the verdict last.
import type { Judgement } from '../verdict/judgement.ts';
import type { RunResult } from '../verdict/run-result.ts';
import type { Paint } from './paint.ts';
import { evidenceOf, expectationsOf, timesText } from './parts.ts';
import { paintFor, shown } from './standing.ts';
import { lineText } from './visible.ts';

export function summaryLines(result: RunResult, paint: Paint): string[] {
  const { scenario, verdict, reason, command, manual, notes } = result;
  const [expectations, evidence] = [expectationsOf(result).map(shownLine), evidenceOf(result).map(shownLine)];
  return [
    `${paint.bold(lineText(scenario.name))}  ${lineText(scenario.title)}${manual ? paint.warn('   manual') : ''}`,
    ...section('expectations', rows(expectations, paint), paint),
    ...section('evidence', rows(evidence, paint), paint),
    ...section(
      'times',
      timesText(result).map((text) => `  ${lineText(text)}`),
      paint,
    ),
    ...section(
      'notes',
      notes.map((note) => `  ${lineText(note)}`),
      paint,
    ),
    '',
    `${paintFor(verdict, paint)(paint.bold(shown(verdict)))}  ${lineText(reason)}`,
    ...(verdict === 'passed' || command === '' ? [] : [paint.dim(`  again: ${lineText(command)}`)]),
  ];
}

// --- internal ---

const shownLine = ({ title, expected, observed, margin, reason, events, ...rest }: Judgement): Judgement => ({
  ...rest,
  title: lineText(title),
  expected: lineText(expected),
  observed: lineText(observed),
  margin: margin === null ? null : lineText(margin),
  ...(reason === undefined ? {} : { reason: lineText(reason) }),
  ...(events === undefined ? {} : { events: events.map(lineText) }),
});

const section = (title: string, lines: readonly string[], paint: Paint): readonly string[] =>
  lines.length === 0 ? [] : ['', paint.dim(title), ...lines];

/** Columns are aligned before they are painted: colour codes have no width on the screen, but length in the string. */
function rows(judgements: readonly Judgement[], paint: Paint): readonly string[] {
  const widthOf = (text: (judgement: Judgement) => string) =>
    Math.max(0, ...judgements.map((line) => text(line).length));
  const [word, title, expected, observed] = [
    widthOf(({ standing }) => shown(standing)),
    widthOf((line) => line.title),
    widthOf((line) => line.expected),
    widthOf(({ observed: text, margin }) => (margin === null ? '' : text)),
  ];
  return judgements.flatMap((line, index) => {
    const colour = paintFor(line.standing, paint);
    const cells = [
      colour(shown(line.standing).padEnd(word)),
      line.title.padEnd(title),
      paint.dim(line.expected.padEnd(expected)),
      line.margin === null ? line.observed : line.observed.padEnd(observed),
      ...(line.margin === null ? [] : [colour(line.margin)]),
    ];
    // What casts doubt on everything is said once, not under every line.
    const isSaid = line.reason === undefined || line.reason === judgements[index - 1]?.reason;
    const reason = isSaid ? [] : [`  ${' '.repeat(word)}  ${colour(line.reason ?? '')}`];
    const shownEvents = (line.events ?? []).map((event) => `  ${' '.repeat(word)}  ${paint.dim(event)}`);
    return [`  ${cells.join('  ')}`, ...reason, ...shownEvents];
  });
}
