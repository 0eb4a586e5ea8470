// The files of a run: the journal while it runs, the reports after it. What they say is decided in cli/report.
import { appendFileSync, closeSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { RunEvent } from '../../services/contract/events.ts';
import { messageOf, SmartOrdersError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { renderAnnotations } from '../report/annotations.ts';
import { formats } from '../report/formats.ts';
import { parseRequests, type ReportRequest } from '../report/requested.ts';
import type { RunSeries } from '../report/run-series.ts';
import { renderRunSummary } from '../report/run-summary.ts';
import { messageAndHint } from '../scenario/message-and-hint.ts';
import type { Terminal } from '../terminal.ts';
import { batchedLines } from './batched-lines.ts';
import { makeFolder } from './make-folder.ts';
import { pageAssets } from './page-assets.ts';

export const journalName = 'journal.ndjson';

/** Whether a run itself makes a file of this name in its folder. */
export const isRunFile = (name: string): boolean => name === journalName || formats.some(({ file }) => file === name);

/** What comes by the thousand and is not shown as it happens. */
export const isFrequent = ({ type }: RunEvent): boolean => frequent.has(type);
const frequent: ReadonlySet<RunEvent['type']> = new Set(['call', 'arrival', 'request', 'step', 'fault.observed']);

export interface Journal extends Disposable {
  readonly folder: string;
  /** Its path, absolute where that of all reports is. */
  readonly file: string;
  append(event: RunEvent): void;
}

/** Opened before anything is broken, so that a folder that cannot be written costs nothing. */
export function openJournal(reports: string, run: string): Journal {
  const folder = join(reports, run);
  try {
    makeFolder(folder);
    const path = join(folder, journalName);
    const file = openSync(path, 'wx');
    const writer = batchedLines(journalWriter(file, path));
    return {
      folder,
      file: path,
      append: (event) => writer.append(`${JSON.stringify(event)}\n`, !isFrequent(event)),
      [Symbol.dispose]: () => {
        writer.flush();
        closeSync(file);
      },
    };
  } catch (error) {
    throw new SmartOrdersError('reports', `cannot write reports to ${folder}: ${messageOf(error)}`, {
      hint: 'name a folder you can write to: --reports <folder>',
      cause: error,
    });
  }
}

/** Errors: `journal` (5), such as that of a disk that is full: then the run ends, and the keeper undoes it. */
export const journalWriter =
  (file: number, path: string) =>
  (text: string): void => {
    try {
      writeSync(file, text);
    } catch (error) {
      throw new SmartOrdersError('journal', `cannot go on without a journal: ${path}: ${messageOf(error)}`, {
        hint: 'make room (smartorders runs prune), or name a folder on another disk: --reports <folder>',
        cause: error,
      });
    }
  };

export interface Asked {
  /** As given: each a list of `format` or `format:path`. Empty: `otherwise`. */
  readonly texts: readonly string[];
  /** How many runs the command has. */
  readonly runs: number;
  readonly otherwise: readonly ReportRequest[];
  /** `--json` prints the result, so that nothing else can go to stdout. */
  readonly json: boolean;
}

/** Errors: `report-format` (3). */
export function requestsOf({ texts, runs, otherwise, json }: Asked): readonly ReportRequest[] {
  if (texts.length === 0) return otherwise;
  const requests = parseRequests(texts, runs);
  if (typeof requests === 'string') throw wrongFormat(requests);
  if (json && onStdout(requests)) throw wrongFormat('--json prints to stdout itself; name a file for the report');
  return requests;
}

/** Whether a report goes to stdout, so that what is said to people must not. Annotations are lines between theirs. */
export const onStdout = (requests: readonly ReportRequest[]): boolean =>
  requests.some(({ format, path }) => path === '-' && format.name !== 'annotations');

/** Asked before a run, so that a file that cannot be written does not cost one. Errors: `write` (5). */
export function proveWritable(requests: readonly ReportRequest[], cwd: string): void {
  for (const { path } of requests) {
    if (path === null || path === '-') continue;
    const file = resolve(cwd, path);
    try {
      const there = statSync(file, { throwIfNoEntry: false });
      // To open a pipe would wait for its reader.
      if (there?.isFIFO() === true) continue;
      makeFolder(dirname(file));
      closeSync(openSync(file, 'a'));
      if (there === undefined) rmSync(file);
    } catch (error) {
      throw cannotWrite(file, error);
    }
  }
}

/** Writes the reports of one run into its folder; answers with the files' paths. `series`: of that run alone. */
export function writeReports(folder: string, series: RunSeries, requests: readonly ReportRequest[]): readonly string[] {
  return requests.flatMap(({ format, path }) => {
    if (path !== null) return [];
    const file = join(folder, format.file);
    write(file, format.render(series, pageAssets()));
    return [file];
  });
}

/** What tells of all runs of a command: the files that were named, stdout, and what GitHub wants. Answers with the paths. */
export function deliverReports(
  series: RunSeries,
  requests: readonly ReportRequest[],
  { say, terminal }: { readonly say: (line: string) => void; readonly terminal: Terminal },
): readonly string[] {
  const { out, cwd, env } = terminal;
  const written = requests.flatMap(({ format, path }) => {
    if (path === null) return [];
    const text = format.render(series, pageAssets());
    if (path === '-') printed(text, format.name === 'annotations' ? say : out);
    else write(resolve(cwd, path), text);
    return path === '-' ? [] : [path];
  });
  const isAsked = requests.some(({ format, path }) => format.name === 'annotations' && path === '-');
  if (env.GITHUB_ACTIONS === 'true' && !isAsked) printed(renderAnnotations(series), say);
  const summary = env.GITHUB_STEP_SUMMARY ?? '';
  if (summary !== '') append(summary, renderRunSummary(series));
  return written;
}

// --- internal ---

function printed(text: string, print: (line: string) => void): void {
  if (text !== '') print(text.trimEnd());
}

function write(file: string, text: string): void {
  try {
    makeFolder(dirname(file));
    writeFileSync(file, text);
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

const cannotWrite = (file: string, error: unknown): SmartOrdersError =>
  new SmartOrdersError('write', `cannot write ${file}: ${messageOf(error)}`, {
    hint: 'name a file in a folder that you may write to: --report format:path',
    cause: error,
  });

/** Steps of one job share the file. */
function append(file: string, text: string): void {
  try {
    appendFileSync(file, `${text}\n`);
  } catch (error) {
    throw new SmartOrdersError('write', `cannot write the step summary ${file}: ${messageOf(error)}`, {
      hint: 'GITHUB_STEP_SUMMARY names a file that GitHub makes; unset it to go without',
      cause: error,
    });
  }
}

function wrongFormat(whole: string): SmartOrdersError {
  const { message, hint } = messageAndHint(whole);
  return new SmartOrdersError('report-format', `--report: ${message}`, { exitCode: exitCodes.usage, hint });
}
