// `smartorders runs index`: one page over all runs, beside them.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { messageOf, SmartOrdersError, systemCodeOf } from '../errors.ts';
import { htmlFile } from '../report/formats.ts';
import { type IndexedRun, type RunFigures, renderIndex } from '../report/html/index-page.ts';
import type { Terminal } from '../terminal.ts';
import { counted } from '../verdict/figures.ts';
import { pageAssets } from './page-assets.ts';
import { entryOf, type RunFolder, runFoldersIn } from './run-folders.ts';

export const indexFile = 'index.html';

export interface RunsIndexOptions {
  readonly reports: string;
}

export function indexRuns({ reports }: RunsIndexOptions, { out, cwd, paint }: Terminal): void {
  const { file, runs } = writeIndex(resolve(cwd, reports));
  out(`${counted(runs, 'run')} ${paint.dim(`in ${file}`)}`);
}

/** `folder`: the one that holds the runs. Answers with the file, and of how many runs it tells. */
export function writeIndex(folder: string): { readonly file: string; readonly runs: number } {
  const runs = runFoldersIn(folder).map(indexed);
  const file = join(folder, indexFile);
  try {
    writeFileSync(file, renderIndex(runs, pageAssets()));
  } catch (error) {
    throw new SmartOrdersError('reports', `cannot write ${file}: ${messageOf(error)}`, {
      hint: 'name the folder that holds the runs: --reports <folder>',
      cause: error,
    });
  }
  return { file, runs: runs.length };
}

// --- internal ---

/** The name of a folder may hold what has a meaning in an address. */
function indexed(found: RunFolder): IndexedRun {
  const { run, start, verdict, reason, durationMs } = entryOf(found);
  const hasPage = existsSync(join(found.folder, htmlFile));
  return {
    ...{ run, scenario: start.scenario.name, startedAt: start.startedAt, verdict, reason, durationMs },
    href: hasPage ? `./${encodeURIComponent(run)}/${htmlFile}` : null,
    figures: figuresOf(join(found.folder, 'report.json')),
  };
}

const figure = z.number().nullable().optional();
const reportSchema = z.object({
  phases: z.array(
    z.object({
      judged: z.boolean(),
      planned: z.number(),
      counts: z.object({ success: z.number() }),
      duration: z.object({ n: z.number(), p99: z.number() }),
    }),
  ),
  times: z.record(z.string(), z.object({ faultToOpenMs: figure, faultEndToClosedMs: figure })),
});

const unknown: RunFigures = { success: null, p99Ms: null, openMs: null, recoverMs: null };

/** Of older versions, too; what cannot be read is not known. */
function figuresOf(report: string): RunFigures {
  const { data } = reportSchema.safeParse(jsonIn(report));
  if (data === undefined) return unknown;
  const judged = data.phases.filter((phase) => phase.judged);
  const planned = judged.reduce((sum, phase) => sum + phase.planned, 0);
  const links = Object.values(data.times);
  return {
    success: planned === 0 ? null : judged.reduce((sum, { counts }) => sum + counts.success, 0) / planned,
    p99Ms: greatest(judged.map(({ duration }) => (duration.n === 0 ? null : duration.p99))),
    openMs: greatest(links.map(({ faultToOpenMs }) => faultToOpenMs)),
    recoverMs: greatest(links.map(({ faultEndToClosedMs }) => faultEndToClosedMs)),
  };
}

function greatest(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter((value) => typeof value === 'number');
  return known.length === 0 ? null : Math.max(...known);
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
