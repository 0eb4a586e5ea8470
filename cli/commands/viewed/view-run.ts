// `scenario run` on a terminal: the run in a process of its own, its dashboard here; its verdict, last, on the normal screen.
//
//   lines until the run has its fleet ──▶ dashboard ──end, then a key──▶ summary
//                                         │   └──q, once more──▶ interrupted, undone ──▶ summary
//                                         └──it broke──▶ lines ──▶ summary
import type { EventFeed } from '../../dashboard/ports.ts';
import { messageOf } from '../../errors.ts';
import type { StopSignal } from '../../exit-codes.ts';
import { findFleet, keeperOf, requireFleet } from '../../fleet/fleet.ts';
import { inspectFleet } from '../../fleet/inspect.ts';
import { keeperHands } from '../../fleet/keeper-hands.ts';
import type { Terminal } from '../../terminal.ts';
import { tellFeed } from '../feed-lines.ts';
import { followJournal } from '../follow-journal.ts';
import { judgeJournal } from './judge-journal.ts';
import { canShow, nextKey, showOnScreen, smallest } from './on-screen.ts';
import type { ViewRecord } from './records.ts';
import { type RunnerProcess, startRunner } from './runner-process.ts';

export interface ViewedRun {
  /** The words of the run's command line. */
  readonly args: readonly string[];
  /** Whether leaving the dashboard while the run is on is asked about. */
  readonly asks: boolean;
}

type Begun = Extract<ViewRecord, { is: 'run' }>;

/** Answers with the run's own exit code. */
export async function viewRun({ args, asks }: ViewedRun, terminal: Terminal): Promise<number> {
  const { env, cwd, paint, out, err } = terminal;
  const begun = Promise.withResolvers<Begun | null>();
  const lines = heldLines(out);
  using runner = startRunner({
    ...{ args, env, cwd, paint },
    onLine: lines.say,
    onRecord: (record) => {
      if (record.is === 'run') begun.resolve(record);
      else lines.summary();
    },
  });
  const { exited } = runner;
  using stop = passOn(runner);
  const isOver = (): void => begun.resolve(null);
  exited.then(isOver, isOver);

  const run = await begun.promise;
  // Awaited, not handed on: what is in use here is let go of when we return.
  if (run === null || stop.signal.aborted) return await exited;
  lines.hold();
  try {
    await watch(run, { runner, asks, signal: stop.signal, terminal });
    lines.release({ onlySummary: true });
  } catch (error) {
    lines.release({ onlySummary: false });
    err(`${paint.bad('the dashboard broke')}: ${messageOf(error)}; the run goes on`);
  }
  return await exited;
}

// --- internal ---

interface Watched {
  readonly runner: RunnerProcess;
  readonly asks: boolean;
  readonly signal: AbortSignal;
  readonly terminal: Terminal;
}

/** Resolves when the run has ended and the person has left, or wants it to end. */
async function watch({ journal, fleet }: Begun, { runner, asks, signal, terminal }: Watched): Promise<void> {
  const { env, out, paint } = terminal;
  const written = runner.exited.then((code) => (code >= 128 ? `the run's process ended with ${code}` : null));
  /** Its reports are still being written, and its fleet taken down: nothing is left to interrupt. */
  let isOver = false;
  const feed = (): EventFeed => {
    const following = followJournal({ path: journal, written });
    void following.ended.then(() => {
      isOver = true;
    });
    return following;
  };
  if (!canShow(terminal, smallest)) return void (await tellFeed({ feed: feed(), say: out, paint, signal }));
  for (;;) {
    await showOnScreen(
      {
        feed: feed(),
        hands: keeperHands(() => keeperOf(requireFleet(fleet, env))),
        inspect: inspectFleet(() => findFleet(fleet, env)),
        judge: () => judgeJournal(journal),
        signal,
      },
      terminal,
    );
    if (isOver || signal.aborted) return;
    if (asks) {
      out(paint.warn('The run is still on. q or Ctrl-C: interrupt it and undo everything. Any other key: back to it.'));
      const key = await nextKey(AbortSignal.any([signal, ended(runner)]));
      if (key !== null && !leaving.has(key)) continue;
    }
    if (!isOver && !signal.aborted) runner.kill('SIGINT');
    return;
  }
}

/** `q`, Ctrl-C, Ctrl-D. */
const leaving: ReadonlySet<string> = new Set(['q', '\u0003', '\u0004']);

function ended({ exited }: RunnerProcess): AbortSignal {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  exited.then(abort, abort);
  return controller.signal;
}

/** What comes while the screen is the dashboard's is kept for later. */
function heldLines(out: (line: string) => void) {
  let held: string[] | null = null;
  let summaryFrom = Number.POSITIVE_INFINITY;
  return {
    say: (line: string): void => {
      if (held === null) out(line);
      else held.push(line);
    },
    summary: (): void => {
      summaryFrom = held?.length ?? 0;
    },
    hold: (): void => {
      held = [];
    },
    /** What is said from now on goes straight to the screen. */
    release: ({ onlySummary }: { readonly onlySummary: boolean }): void => {
      for (const line of (held ?? []).slice(onlySummary ? summaryFrom : 0)) out(line);
      held = null;
    },
  };
}

/** Whoever ends us means the run; it undoes, and leaves in its own time. */
function passOn(runner: RunnerProcess): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const satisfies readonly StopSignal[];
  const listeners = names.map((name) => ({
    name,
    listener: () => {
      controller.abort();
      runner.kill(name);
    },
  }));
  for (const { name, listener } of listeners) process.on(name, listener);
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      for (const { name, listener } of listeners) process.off(name, listener);
    },
  };
}
