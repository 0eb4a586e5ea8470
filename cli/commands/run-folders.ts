// The folders under reports/ that really are runs, and what each says of itself.
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { systemCodeOf } from '../errors.ts';
import { endOf, type RunStart, startOf } from './journal-ends.ts';
import { journalName } from './report-files.ts';

export interface RunFolder {
  /** The folder's name: what commands call the run. */
  readonly run: string;
  readonly folder: string;
  readonly journal: string;
  readonly start: RunStart;
}

export interface RunEntry extends RunFolder {
  /** A verdict, `cut off` (no end), or `not judged` (ended, and there is no report.json). */
  readonly verdict: string;
  readonly reason: string;
  readonly durationMs: number;
}

/** The newest first. No symbolic link is a run, nor is a folder whose journal does not begin with a run's start. */
export function runFoldersIn(reports: string): readonly RunFolder[] {
  return namesIn(reports)
    .flatMap((run) => asRun(join(reports, run), run) ?? [])
    .sort((a, b) => b.start.startedAt.localeCompare(a.start.startedAt) || b.run.localeCompare(a.run));
}

const reportSchema = z.object({ verdict: z.string(), reason: z.string(), durationMs: z.number() });

export function entryOf(found: RunFolder): RunEntry {
  const report = readReport(join(found.folder, 'report.json'));
  if (report !== null) return { ...found, ...report };
  const { at, ended } = endOf(found.journal);
  if (ended === null) return { ...found, verdict: 'cut off', reason: 'its journal has no end', durationMs: at };
  const verdict = ended.reason === 'completed' ? 'not judged' : ended.reason;
  return { ...found, verdict, reason: ended.detail ?? 'there is no report.json', durationMs: at };
}

// --- internal ---

function namesIn(reports: string): readonly string[] {
  try {
    return readdirSync(reports);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

function asRun(folder: string, run: string): RunFolder | null {
  const journal = join(folder, journalName);
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return null;
  if (lstatSync(journal, { throwIfNoEntry: false })?.isFile() !== true) return null;
  const start = startOf(journal);
  return start === null ? null : { run, folder, journal, start };
}

function readReport(file: string): z.infer<typeof reportSchema> | null {
  try {
    return reportSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? null;
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
}
