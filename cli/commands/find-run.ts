// What `<run>` means on the command line: a name, the beginning of one, `latest`, a folder, or a journal.
import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { SmartOrdersError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { nearest } from '../scenario/nearest.ts';
import { journalName } from './report-files.ts';
import { type RunFolder, runFoldersIn } from './run-folders.ts';

export interface FoundRun {
  readonly folder: string;
  readonly journal: string;
}

export interface Where {
  /** The folder that holds the runs. */
  readonly reports: string;
  readonly cwd: string;
}

/** A name wins over the beginning of another; a path that exists wins over both. Errors: `no-journal` (3). */
export function findRun(run: string, { reports, cwd }: Where): FoundRun {
  const path = resolve(cwd, run);
  const paths = [...(path.endsWith('.ndjson') ? [path] : []), join(path, journalName), join(reports, run, journalName)];
  const journal = paths.find(isFile);
  if (journal !== undefined) return { folder: dirname(journal), journal };
  const known = runFoldersIn(reports);
  const meant = run === 'latest' ? known.slice(0, 1) : known.filter((candidate) => candidate.run.startsWith(run));
  const [only] = meant;
  if (only !== undefined && meant.length === 1) return only;
  throw only === undefined ? unknownRun(run, reports, known) : ambiguousRun(run, meant);
}

// --- internal ---

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

function unknownRun(run: string, reports: string, known: readonly RunFolder[]): SmartOrdersError {
  const [newest] = known;
  const scenarios = known.map(({ start }) => start.scenario.name);
  const guess =
    newest === undefined ? undefined : nearest(run, ['latest', ...known.map((each) => each.run), ...scenarios]);
  const there = newest === undefined ? `there is no run in ${reports}` : `the newest is ${newest.run}`;
  return new SmartOrdersError('no-journal', `there is no journal of ${run}`, {
    exitCode: exitCodes.usage,
    hint: guess === undefined ? `${there}; smartorders runs list shows all` : `did you mean ${guess}?`,
  });
}

const ambiguousRun = (run: string, meant: readonly RunFolder[]): SmartOrdersError =>
  new SmartOrdersError('ambiguous-run', `the names of ${meant.length} runs begin with ${run}`, {
    exitCode: exitCodes.usage,
    hint: `type more of one: ${meant.map((each) => each.run).join(', ')}`,
  });
