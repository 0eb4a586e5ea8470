// `smartorders replay <run>`: a run that has been, played again in the dashboard; without a terminal, its lines and its summary.
import { resolve } from 'node:path';
import { inOrder } from '../metrics/in-order.ts';
import { lineOf } from '../report/line.ts';
import { summaryLines } from '../report/summary.ts';
import type { Terminal } from '../terminal.ts';
import { resultOf } from '../verdict/result.ts';
import { findRun } from './find-run.ts';
import { journalOf } from './journal-of.ts';
import { canShow, replayOnScreen, smallest } from './viewed/on-screen.ts';

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
  const { out, cwd, paint } = terminal;
  const { events, ...journal } = journalOf(findRun(run, { reports: resolve(cwd, reports), cwd }));
  const result = resultOf(events, journal);
  if (canShow(terminal, smallest)) {
    await replayOnScreen({ events, speed, ascii }, terminal);
  } else {
    for (const event of inOrder(events)) {
      const line = lineOf(event, paint);
      if (line !== null) out(line);
    }
    out('');
  }
  for (const line of summaryLines(result, paint)) out(line);
}
