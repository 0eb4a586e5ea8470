// The journal of a run that was found, read for a command that says something of the run; refused where nothing can be said.
import { SmartOrdersError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { type Journal, readJournalFrom } from '../metrics/read-journal.ts';
import { resultOf } from '../verdict/result.ts';
import type { RunResult } from '../verdict/run-result.ts';
import type { FoundRun } from './find-run.ts';
import { piecesOf } from './pieces-of.ts';

/** Errors (3): `newer-journal`, `empty-journal`. */
export function journalOf({ folder, journal: file }: FoundRun): Journal {
  const journal = readJournalFrom(piecesOf(file));
  if (journal.newer > 0) {
    throw new SmartOrdersError('newer-journal', `the journal in ${folder} is of a newer version of SmartOrders`, {
      exitCode: exitCodes.usage,
      hint: 'read it with the version that wrote it, or a later one',
    });
  }
  if (journal.events.length === 0) {
    throw new SmartOrdersError('empty-journal', `the journal in ${folder} holds no event`, {
      exitCode: exitCodes.usage,
      hint: 'its run ended before it began, or it is no journal; smartorders runs list shows those that can be read',
    });
  }
  return journal;
}

/** What the journal says of the run. Errors as `journalOf`. */
export function judgedFrom(run: FoundRun): RunResult {
  const { events, ...state } = journalOf(run);
  return resultOf(events, state);
}
