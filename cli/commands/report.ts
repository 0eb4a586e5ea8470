// `smartorders report <run>`: everything that is said of a run, again, from its journal alone.
import { resolve } from 'node:path';
import { SmartOrdersError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { readJournalFrom } from '../metrics/read-journal.ts';
import { renderJson } from '../report/json.ts';
import { summaryLines } from '../report/summary.ts';
import type { Terminal } from '../terminal.ts';
import { resultOf } from '../verdict/result.ts';
import { findRun } from './find-run.ts';
import { piecesOf } from './pieces-of.ts';
import { writeReports } from './report-files.ts';

export interface ReportOptions {
  readonly reports: string;
  readonly json?: boolean;
}

export function report(run: string, { reports, json = false }: ReportOptions, { out, cwd, paint }: Terminal): void {
  const { folder, journal: file } = findRun(run, { reports: resolve(cwd, reports), cwd });
  const { events, ...journal } = readJournalFrom(piecesOf(file));
  if (events.length === 0) {
    throw new SmartOrdersError('empty-journal', `the journal in ${folder} holds no event`, {
      exitCode: exitCodes.usage,
    });
  }
  const result = resultOf(events, journal);
  const files = writeReports(folder, result);
  if (json) {
    out(renderJson(result));
    return;
  }
  for (const line of summaryLines(result, paint)) out(line);
  for (const file of files) out(paint.dim(`  wrote ${file}`));
}
