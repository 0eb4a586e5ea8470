// `smartorders report <run>`: everything that is said of a run, again, from its journal alone.
import { resolve } from 'node:path';
import { renderJson } from '../report/json.ts';
import { standardRequests } from '../report/requested.ts';
import { onlyRun } from '../report/run-series.ts';
import { summaryLines } from '../report/summary.ts';
import type { Terminal } from '../terminal.ts';
import { findRun } from './find-run.ts';
import { judgedFrom } from './journal-of.ts';
import { deliverReports, onStdout, requestsOf, writeReports } from './report-files.ts';

export interface ReportOptions {
  readonly reports: string;
  readonly report?: readonly string[];
  readonly json?: boolean;
}

export function report(run: string, options: ReportOptions, terminal: Terminal): void {
  const { reports, report: texts = [], json = false } = options;
  const { out, err, cwd, paint } = terminal;
  const requests = requestsOf({ texts, runs: 1, json, otherwise: standardRequests });
  const found = findRun(run, { reports: resolve(cwd, reports), cwd });
  const result = judgedFrom(found);
  const series = onlyRun(result);
  const say = json || onStdout(requests) ? err : out;
  const written = writeReports(found.folder, series, requests);
  if (json) out(renderJson(series));
  else for (const line of summaryLines(result, paint)) say(line);
  for (const path of [...written, ...deliverReports(series, requests, { say, terminal })]) {
    if (!json) say(paint.dim(`  wrote ${path}`));
  }
}
