// `smartorders replay <run>`: a run that has been, played again in the dashboard; without a terminal, its lines and its summary.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { suspendProcess } from '../dashboard/suspend.ts';
import { SmartOrdersError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { inOrder } from '../metrics/in-order.ts';
import { readJournal } from '../metrics/read-journal.ts';
import { lineOf } from '../report/line.ts';
import { plain } from '../report/paint.ts';
import { summaryLines } from '../report/summary.ts';
import type { Terminal } from '../terminal.ts';
import { resultOf } from '../verdict/result.ts';
import { findRun } from './find-run.ts';

export interface ReplayOptions {
  readonly reports: string;
  readonly speed: number;
  readonly ascii?: boolean;
}

export async function replay(
  run: string,
  { reports, speed, ascii = false }: ReplayOptions,
  terminal: Terminal,
): Promise<void> {
  const { out, cwd, paint, env } = terminal;
  const { folder, journal: file } = findRun(run, { reports: resolve(cwd, reports), cwd });
  const { events, ...journal } = readJournal(readFileSync(file, 'utf8'));
  if (events.length === 0) {
    throw new SmartOrdersError('empty-journal', `the journal in ${folder} holds no event`, {
      exitCode: exitCodes.usage,
    });
  }
  const result = resultOf(events, journal);
  if (canShow(terminal)) {
    const { showReplay } = await import('../dashboard/show.tsx');
    const { stdin, stdout } = process;
    const screenReader = env.INK_SCREEN_READER === 'true';
    await showReplay({
      events,
      speed,
      stdin,
      stdout,
      ascii,
      colour: paint !== plain,
      screenReader,
      suspend: suspendProcess,
    });
  } else {
    for (const event of inOrder(events)) {
      const line = lineOf(event, paint);
      if (line !== null) out(line);
    }
    out('');
  }
  for (const line of summaryLines(result, paint)) out(line);
}

// --- internal ---

/** Narrower or lower than this, a screen says less than lines do. */
const smallest = { columns: 60, rows: 15 };

const canShow = ({ size, env }: Terminal): boolean =>
  size !== undefined &&
  process.stdin.isTTY === true &&
  env.TERM !== 'dumb' &&
  (env.CI ?? '') === '' &&
  size.columns >= smallest.columns &&
  size.rows >= smallest.rows;
