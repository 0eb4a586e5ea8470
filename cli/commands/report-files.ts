// The files of a run: the journal while it runs, the reports after it. What they say is decided in cli/report.
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { RunEvent } from '../../services/contract/events.ts';
import { messageOf, SmartOrdersError } from '../errors.ts';
import { renderHtml } from '../report/html/page.ts';
import { renderJson } from '../report/json.ts';
import { renderJunit } from '../report/junit.ts';
import { renderMarkdown } from '../report/markdown.ts';
import type { RunResult } from '../verdict/run-result.ts';
import { batchedLines } from './batched-lines.ts';
import { pageAssets } from './page-assets.ts';

export const journalName = 'journal.ndjson';
export const htmlName = 'report.html';

const renderers: Readonly<Record<string, (result: RunResult) => string>> = {
  'report.json': renderJson,
  'junit.xml': renderJunit,
  'report.md': renderMarkdown,
  [htmlName]: (result) => renderHtml(result, pageAssets()),
};

/** Whether a run itself makes a file of this name in its folder. */
export const isRunFile = (name: string): boolean => name === journalName || name in renderers;

/** What comes by the thousand and is not shown as it happens. */
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
    mkdirSync(folder, { recursive: true });
    const path = join(folder, journalName);
    const file = openSync(path, 'wx');
    const writer = batchedLines((text) => void writeSync(file, text));
    return {
      folder,
      file: path,
      append: (event) => writer.append(`${JSON.stringify(event)}\n`, !frequent.has(event.type)),
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

/** Writes every report; answers with the files' paths. */
export function writeReports(folder: string, result: RunResult): readonly string[] {
  return Object.entries(renderers).map(([name, render]) => {
    const file = join(folder, name);
    writeFileSync(file, render(result));
    return file;
  });
}
