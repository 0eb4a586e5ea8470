// `smartorders runs prune`: removes old runs. Whatever is not certainly a finished run of ours stays.
import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SmartOrdersError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { fleetsOf } from '../fleet/fleets.ts';
import type { Terminal } from '../terminal.ts';
import { bytes, counted } from '../verdict/figures.ts';
import { endOf } from './journal-ends.ts';
import { isRunFile } from './report-files.ts';
import { type RunFolder, runFoldersIn } from './run-folders.ts';

export interface RunsPruneOptions {
  readonly reports: string;
  readonly keep?: number;
  /** ms. */
  readonly olderThan?: number;
  readonly dryRun?: boolean;
}

export function pruneRuns({ reports, keep, olderThan, dryRun = false }: RunsPruneOptions, terminal: Terminal): void {
  const { out, env, cwd, paint } = terminal;
  if (keep === undefined && olderThan === undefined) throw withoutLimit();
  const running = new Set(fleetsOf(env).live.map(({ run }) => run));
  let [removed, freed] = [0, 0];
  for (const old of exceeding(runFoldersIn(resolve(cwd, reports)), { keep, olderThan, now: Date.now() })) {
    const obstacle = running.has(old.run) ? 'it is running' : obstacleOf(old, Date.now());
    if (obstacle !== null) {
      out(paint.warn(`kept ${old.run}: ${obstacle}`));
      continue;
    }
    const size = sizeOf(old.folder);
    // Links in it are removed, never followed.
    if (!dryRun) rmSync(old.folder, { recursive: true });
    out(`${dryRun ? 'would remove' : 'removed'} ${old.run} ${paint.dim(`(${bytes(size)})`)}`);
    removed += 1;
    freed += size;
  }
  out(
    `${counted(removed, 'run')} ${dryRun ? 'to remove' : 'removed'}, ${bytes(freed)} ${dryRun ? 'to free' : 'freed'}`,
  );
}

export interface Limits {
  readonly keep: number | undefined;
  /** ms. */
  readonly olderThan: number | undefined;
  /** Wall clock, ms. */
  readonly now: number;
}

/** What exceeds every limit that is given. `runs`: the newest first. */
export const exceeding = (runs: readonly RunFolder[], { keep = 0, olderThan, now }: Limits): readonly RunFolder[] =>
  runs.slice(keep).filter(({ start }) => olderThan === undefined || Date.parse(start.startedAt) < now - olderThan);

// --- internal ---

const withoutLimit = (): SmartOrdersError =>
  new SmartOrdersError('no-limit', 'runs prune wants to know what may go', {
    exitCode: exitCodes.usage,
    hint: 'give --keep 20 or --older-than 30d; --dry-run shows what would go',
  });

/** A run on a fleet of another state folder: it writes at least once a second. */
const stillWritingMs = 60_000;

/** Why a run must stay all the same; null: it may go. */
function obstacleOf({ folder, journal }: RunFolder, now: number): string | null {
  const foreign = readdirSync(folder).filter((name) => !isRunFile(name));
  if (foreign.length > 0) return `it holds ${foreign.join(', ')}, which no run has made`;
  const isFresh = now - lstatSync(journal).mtimeMs < stillWritingMs;
  return isFresh && endOf(journal).ended === null ? 'it has no end and was written to just now' : null;
}

const sizeOf = (folder: string): number =>
  readdirSync(folder).reduce((sum, name) => sum + lstatSync(join(folder, name)).size, 0);
