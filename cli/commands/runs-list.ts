// `smartorders runs list`: what has been run, the newest first.
import { resolve } from 'node:path';
import type { Paint } from '../report/paint.ts';
import type { Terminal } from '../terminal.ts';
import { ms } from '../verdict/figures.ts';
import { entryOf, type RunEntry, runFoldersIn } from './run-folders.ts';

export interface RunsListOptions {
  readonly reports: string;
  readonly scenario?: string;
  readonly json?: boolean;
}

export function listRuns({ reports, scenario, json = false }: RunsListOptions, terminal: Terminal): void {
  const { out, err, cwd, paint, size } = terminal;
  const entries = runFoldersIn(resolve(cwd, reports))
    .filter(({ start }) => scenario === undefined || start.scenario.name === scenario)
    .map(entryOf);
  if (json) out(JSON.stringify(entries.map(asJson), null, 2));
  else if (entries.length === 0) err(`no run${scenario === undefined ? '' : ` of ${scenario}`} in ${reports}`);
  else for (const line of runLines(entries, paint, size?.columns)) out(line);
}

/** `columns`: where reasons are cut; undefined: nowhere. */
export function runLines(entries: readonly RunEntry[], paint: Paint, columns: number | undefined): readonly string[] {
  const rows = entries.map((entry) => ({ entry, cells: cellsOf(entry) }));
  const titles = ['run', 'scenario', 'verdict', 'started (UTC)', 'length'];
  const widths = titles.map((title, index) =>
    Math.max(title.length, ...rows.map(({ cells }) => cells[index]?.length ?? 0)),
  );
  const padded = (cells: readonly string[]): string[] => cells.map((cell, index) => cell.padEnd(widths[index] ?? 0));
  const left = widths.reduce((sum, width) => sum + width + gap.length, 0);
  const room = columns === undefined ? Number.POSITIVE_INFINITY : Math.max(shortestReason, columns - left);
  return [
    paint.dim([...padded(titles), 'reason'].join(gap)),
    ...rows.map(({ entry: { verdict, reason }, cells }) => {
      const [run = '', scenario = '', word = '', ...rest] = padded(cells);
      return [run, scenario, colourOf(verdict, paint)(word), ...rest, shortened(reason, room)].join(gap);
    }),
  ];
}

// --- internal ---

const gap = '  ';
const shortestReason = 12;

const cellsOf = ({ run, start, verdict, durationMs }: RunEntry): readonly string[] => [
  run,
  start.scenario.name,
  verdict,
  start.startedAt.slice(0, 16).replace('T', ' '),
  // A tenth of a second is enough for a table.
  ms(Math.round(durationMs / 100) * 100),
];

function colourOf(verdict: string, { ok, warn, bad }: Paint): (text: string) => string {
  if (verdict === 'passed') return ok;
  return ['inconclusive', 'not judged', 'cut off'].includes(verdict) ? warn : bad;
}

const shortened = (text: string, room: number): string => (text.length <= room ? text : `${text.slice(0, room - 1)}…`);

const asJson = ({ run, folder, start, verdict, reason, durationMs }: RunEntry) => ({
  run,
  folder,
  scenario: start.scenario.name,
  verdict,
  reason,
  startedAt: start.startedAt,
  durationMs,
});
