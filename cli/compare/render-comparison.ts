// A comparison for people: on the terminal, and as Markdown for a pull request.
import { cell, table } from '../report/markdown-text.ts';
import type { Paint } from '../report/paint.ts';
import { lineText } from '../report/visible.ts';
import { counted, ms, signed } from '../verdict/figures.ts';
import type { ComparedFigure, Comparison } from './compare.ts';
import type { FigureOutcome } from './decide.ts';
import type { Unit } from './figures.ts';

const header = ['figure', 'base', 'head', 'change', '98 % interval', 'relevant', 'p', 'outcome'];

export function comparisonLines(comparison: Comparison, paint: Paint): readonly string[] {
  const rows = comparison.figures.map((figure) => ({ figure, cells: cellsOf(figure) }));
  const widths = header.map((title, index) =>
    Math.max(title.length, ...rows.map(({ cells }) => (cells[index] ?? '').length)),
  );
  const line = (cells: readonly string[]) => cells.map((text, index) => text.padEnd(widths[index] ?? 0)).join('  ');
  const row = ({ figure, cells }: (typeof rows)[number]): string =>
    `  ${paintFor(figure.outcome, paint)(line(cells).trimEnd())}`;
  const deciding = rows.filter(({ figure }) => figure.gates);
  const informing = rows.filter(({ figure }) => !figure.gates);
  return [
    `${paint.bold(lineText(comparison.scenario))}  ${runsText(comparison)}`,
    '',
    `  ${paint.dim(line(header).trimEnd())}`,
    ...deciding.map(row),
    ...(informing.length === 0 ? [] : ['', paint.dim('  for information')]),
    ...informing.map(row),
    ...comparison.notes.map((note) => `  ${paint.warn(lineText(note))}`),
    '',
    `${paintFor(comparison.outcome, paint)(paint.bold(shownOutcome(comparison.outcome)))}  ${reasonOf(comparison)}`,
  ];
}

export function comparisonMarkdown(comparison: Comparison): string {
  const rows = (gates: boolean) => comparison.figures.filter((figure) => figure.gates === gates).map(cellsOf);
  const informing = rows(false);
  return `${[
    `## ${cell(comparison.scenario)}: ${shownOutcome(comparison.outcome)}`,
    `${cell(runsText(comparison))}: ${cell(reasonOf(comparison))}`,
    table(header, rows(true)),
    ...(informing.length === 0
      ? []
      : [`<details><summary>${informing.length} more figures</summary>`, table(header, informing), '</details>']),
    ...comparison.notes.map((note) => `- ${cell(note)}`),
  ].join('\n\n')}\n`;
}

// --- internal ---

const glyphs: Readonly<Record<FigureOutcome, string>> = {
  regressed: '✘',
  'not enough data': '?',
  improved: '✔',
  same: '✔',
};

const shownOutcome = (outcome: FigureOutcome): string => `${glyphs[outcome]} ${outcome}`;

function paintFor(outcome: FigureOutcome, paint: Paint): (text: string) => string {
  if (outcome === 'regressed') return paint.bad;
  if (outcome === 'improved') return paint.ok;
  return outcome === 'same' ? (text) => text : paint.warn;
}

const runsText = ({ runs }: Comparison): string =>
  `${counted(runs.base, 'run')} of base, ${counted(runs.head, 'run')} of head`;

function reasonOf({ outcome, figures }: Comparison): string {
  const keys = figures.filter((figure) => figure.gates && figure.outcome === outcome).map(({ key }) => key);
  switch (outcome) {
    case 'regressed':
      return `${keys.join(' and ')} got worse, by more than chance and by enough to matter`;
    case 'improved':
      return `${keys.join(' and ')} got better`;
    case 'same':
      return 'no relevant change was seen, and a large one is ruled out';
    case 'not enough data':
      return `${keys.join(' and ')}: too few runs, or too far apart, to rule a large change out; run more of both`;
    default:
      return outcome satisfies never;
  }
}

const cellsOf = ({ key, unit, base, head, shift, interval, relevant, p, outcome }: ComparedFigure) => {
  const hasBoth = base !== null && head !== null;
  return [
    lineText(key),
    base === null ? '-' : amount(base, unit),
    head === null ? '-' : amount(head, unit),
    hasBoth ? signed(amount(shift, unit)) + relativeText(shift, base) : '-',
    hasBoth && interval !== null ? interval.map((end) => signed(amount(end, unit))).join(' … ') : '-',
    amount(relevant, unit),
    hasBoth ? p.toFixed(3) : '-',
    shownOutcome(outcome),
  ];
};

const relativeText = (shift: number, base: number): string =>
  base === 0 ? '' : ` (${signed(`${((shift / base) * 100).toFixed(0)} %`)})`;

const amount = (value: number, unit: Unit): string => (unit === 'ms' ? ms(value) : `${Number(value.toFixed(1))}`);
