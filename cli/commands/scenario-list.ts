// `smartorders scenario list`: what can be run by name, how long it takes, how it is known to end, what it shows.
import type { Paint } from '../report/paint.ts';
import { formatDuration } from '../scenario/duration.ts';
import type { Known } from '../scenario/schema.ts';
import { endOf } from '../scenario/timeline.ts';
import type { Terminal } from '../terminal.ts';
import { knownScenarios, readScenario } from './scenario-files.ts';

export interface ListOptions {
  readonly tag?: readonly string[];
  readonly json?: boolean;
}

interface Row {
  readonly name: string;
  readonly path: string;
  /** null: the file is invalid. */
  readonly title: string | null;
  readonly durationMs: number | null;
  readonly tags: readonly string[];
  readonly known: Known | null;
}

export function listScenarios({ tag = [], json = false }: ListOptions, { out, cwd, paint }: Terminal): void {
  const rows = knownScenarios(cwd)
    .map((name) => rowOf(name, cwd))
    .filter(({ tags }) => tag.length === 0 || tags.some((word) => tag.includes(word)));
  if (json) out(JSON.stringify(rows, null, 2));
  else for (const line of linesOf(rows, paint)) out(line);
}

// --- internal ---

function rowOf(name: string, cwd: string): Row {
  const { path, parsed } = readScenario(name, cwd);
  if (!parsed.ok) return { name, path, title: null, durationMs: null, tags: [], known: null };
  const { title, tags, known } = parsed.scenario;
  return { name, path, title, durationMs: endOf(parsed.scenario), tags, known };
}

function linesOf(rows: readonly Row[], paint: Paint): readonly string[] {
  const cells = rows.map(({ name, durationMs, known, tags }) => [
    name,
    durationMs === null ? '-' : formatDuration(durationMs),
    known === null ? '-' : known.verdict,
    tags.join(','),
  ]);
  const titles = ['scenario', 'length', 'known to be', 'tags'];
  const widths = titles.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const padded = (row: readonly string[]): string[] => row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
  return [
    paint.dim([...padded(titles), 'shows'].join('  ')),
    ...rows.map(({ title }, index) => {
      const [name = '', length = '', verdict = '', tags = ''] = padded(cells[index] ?? []);
      const words = title ?? paint.bad('invalid: smartorders scenario validate says why');
      return [paint.bold(name), length, verdict, paint.dim(tags), words].join('  ');
    }),
  ];
}
