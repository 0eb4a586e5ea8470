// The dashboard on this terminal, and the terminal as it was afterwards, whatever happens to the dashboard.
import type { RunEvent } from '../../../services/contract/events.ts';
import type { EventFeed, Hands, Inspect } from '../../dashboard/ports.ts';
import type { Screen } from '../../dashboard/show.tsx';
import { suspendProcess } from '../../dashboard/suspend.ts';
import { plain } from '../../report/paint.ts';
import type { Terminal } from '../../terminal.ts';
import type { RunResult } from '../../verdict/run-result.ts';
import { loadDashboard } from './load-dashboard.ts';
import { normalScreen } from './rescue.ts';

export interface Shown {
  readonly feed: EventFeed;
  readonly hands: Hands | string;
  readonly inspect: Inspect;
  readonly judge?: () => Promise<RunResult>;
  /** Takes the screen away. */
  readonly signal: AbortSignal;
}

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Narrower or lower, a screen says less than lines do. */
export const smallest: Size = { columns: 60, rows: 15 };
/** What a run wants before it takes the screen unasked. */
export const comfortable: Size = { columns: 80, rows: 24 };

export const canShow = ({ size, env }: Terminal, least: Size): boolean =>
  size !== undefined &&
  process.stdin.isTTY === true &&
  env.TERM !== 'dumb' &&
  (env.CI ?? '') === '' &&
  size.columns >= least.columns &&
  size.rows >= least.rows;

/** Resolves when the person leaves, or `signal` aborts. Rejects when the dashboard broke: the terminal is whole again. */
export function showOnScreen({ signal, ...shown }: Shown, terminal: Terminal): Promise<void> {
  return guarded(terminal, ({ showDashboard }, screen) =>
    showDashboard({ ...shown, ...screen, signal: AbortSignal.any([signal, screen.signal]) }),
  );
}

export interface Replayed {
  readonly events: readonly RunEvent[];
  readonly speed: number;
  readonly ascii: boolean;
}

/** Like `showOnScreen`. */
export function replayOnScreen(replayed: Replayed, terminal: Terminal): Promise<void> {
  return guarded(terminal, ({ showReplay }, screen) => showReplay({ ...replayed, ...screen }));
}

/** One key, as it was pressed; `signal` aborted: none. */
export function nextKey(signal: AbortSignal): Promise<string | null> {
  const { stdin } = process;
  return new Promise((resolve) => {
    const done = (key: string | null): void => {
      stdin.off('data', pressed);
      signal.removeEventListener('abort', aborted);
      stdin.setRawMode(false);
      stdin.pause();
      resolve(key);
    };
    const pressed = (bytes: Buffer): void => done(bytes.toString());
    const aborted = (): void => done(null);
    if (signal.aborted) return resolve(null);
    signal.addEventListener('abort', aborted, { once: true });
    stdin.setRawMode(true);
    stdin.on('data', pressed);
    stdin.resume();
  });
}

// --- internal ---

type Dashboard = Awaited<ReturnType<typeof loadDashboard>>;
type Guarded = Screen & { readonly signal: AbortSignal };

async function guarded(
  { env, paint }: Terminal,
  show: (dashboard: Dashboard, screen: Guarded) => Promise<void>,
): Promise<void> {
  const broken = Promise.withResolvers<never>();
  const leaving = new AbortController();
  // What breaks outside of a component, in a timer or a key, would end this process, and the run with it.
  process.setUncaughtExceptionCaptureCallback(broken.reject);
  process.once('exit', restoreTerminal);
  try {
    const screen = {
      stdin: process.stdin,
      stdout: process.stdout,
      colour: paint !== plain,
      screenReader: env.INK_SCREEN_READER === 'true',
      suspend: suspendProcess,
      signal: leaving.signal,
    };
    await Promise.race([show(await loadDashboard(), screen), broken.promise]);
  } catch (error) {
    leaving.abort();
    restoreTerminal();
    throw error;
  } finally {
    process.setUncaughtExceptionCaptureCallback(null);
    process.off('exit', restoreTerminal);
  }
}

/** The normal screen, a visible cursor, keys by the line. Harmless where it is so already. */
function restoreTerminal(): void {
  const { stdin, stdout } = process;
  if (stdin.isTTY) stdin.setRawMode(false);
  if (stdout.isTTY) stdout.write(normalScreen);
}
