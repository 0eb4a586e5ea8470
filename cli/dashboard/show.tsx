// Puts the dashboard on a terminal and takes it off again, whatever happens: alternate screen, raw keys, ticks, resize, Ctrl-Z.
import { render } from 'ink';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import type { RunEvent } from '../../services/contract/events.ts';
import type { RunResult } from '../verdict/run-result.ts';
import { App, type AppProps, type LendTerminal } from './app.tsx';
import { createLive } from './live.ts';
import type { Transport } from './moment.ts';
import { createPainter } from './painter.ts';
import { createPlayer } from './player.ts';
import type { EventFeed, Hands, Inspect } from './ports.ts';
import { ascii, unicode } from './screen/glyphs.ts';
import { createStore } from './store.ts';

export interface Screen {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly ascii?: boolean;
  readonly colour?: boolean;
  readonly screenReader?: boolean;
  /** Stops the process until it is called back to the foreground. Absent: Ctrl-Z says that it cannot. */
  readonly suspend?: () => Promise<void>;
  /** Leaves the screen as if `q` had been pressed. */
  readonly signal?: AbortSignal;
}

export interface DashboardOptions extends Screen {
  readonly feed: EventFeed;
  /** Or why there are none, e.g. `no run is on`. */
  readonly hands: Hands | string;
  readonly inspect?: Inspect;
  /** The whole judgement, once the run is over: asked for only if the run was too long to be kept here. */
  readonly judge?: () => Promise<RunResult>;
  /** Leaves as soon as the feed has ended. */
  readonly leaveAtEnd?: boolean;
}

export interface ReplayOptions extends Screen {
  readonly events: readonly RunEvent[];
  readonly speed: number;
}

/** Resolves when the person leaves, the terminal restored. Throws what the screen threw, the terminal restored. */
export async function showDashboard(options: DashboardOptions): Promise<void> {
  const { feed, hands, inspect, judge, leaveAtEnd = false } = options;
  const transport = createLive({ feed, clock, ...(judge === undefined ? {} : { judge }) });
  const until = leaveAtEnd ? feed.ended : null;
  await show({ ...options, transport, hands, inspect: inspect ?? null, until });
}

export async function showReplay(options: ReplayOptions): Promise<void> {
  const { events, speed } = options;
  const transport = createPlayer({ events, speed, clock });
  await show({ ...options, transport, hands: 'a replay changes nothing', inspect: null, until: null });
}

// --- internal ---

interface Show extends Screen {
  readonly transport: Transport;
  readonly hands: Hands | string;
  readonly inspect: Inspect | null;
  /** Leaves when this is settled. */
  readonly until: Promise<unknown> | null;
}

const framesPerSecond = 10;
/** Who listens must be able to hear to the end. */
const heardEveryMs = 5_000;
const clock = (): number => performance.now();

async function show(options: Show): Promise<void> {
  const { transport, hands, inspect, until, stdin, stdout, screenReader = false, suspend, signal } = options;
  let lend: LendTerminal | null = null;
  let quit = (): void => {};
  const painter = createPainter((text) => void stdout.write(text));
  const suspended = async (stop: () => Promise<void>): Promise<void> => {
    const goOn = painter.pause();
    await lend?.(stop).finally(goOn);
  };
  const store = createStore({
    ...{ transport, hands, inspect, clock },
    onQuit: () => quit(),
    onSuspend: () => {
      if (suspend === undefined || lend === null) store.say('this terminal cannot stop the dashboard', 'warn');
      else suspended(suspend).then(store.tick, (error: unknown) => store.say(String(error), 'bad'));
    },
  });
  const props = {
    ...{ store, kind: transport.kind, isHeard: screenReader, draw: painter.draw },
    handsOff: typeof hands === 'string' ? hands : null,
    glyphs: options.ascii === true ? ascii : unicode,
    colour: options.colour ?? true,
    onReady: (ready: LendTerminal) => {
      lend = ready;
    },
  };
  const ink = render(<Sized stdout={stdout} onResize={painter.forget} {...props} />, {
    ...{ stdin, stdout, exitOnCtrlC: false, patchConsole: false, interactive: true },
    ...{ alternateScreen: !screenReader, isScreenReaderEnabled: screenReader },
  });
  quit = () => ink.unmount();
  const ticks = setInterval(store.tick, screenReader ? heardEveryMs : 1_000 / framesPerSecond);
  signal?.addEventListener('abort', quit, { once: true });
  if (signal?.aborted === true) quit();
  void until?.then(quit);
  try {
    await ink.waitUntilExit();
  } finally {
    clearInterval(ticks);
    signal?.removeEventListener('abort', quit);
    transport.close();
    ink.unmount();
  }
}

type SizedProps = Omit<AppProps, 'columns' | 'rows'> & {
  readonly stdout: NodeJS.WriteStream;
  readonly onResize: () => void;
};

/** Ink tells of a new width alone; we need the height, too. */
function Sized({ stdout, onResize, ...props }: SizedProps): ReactNode {
  const [size, setSize] = useState(sizeOf(stdout));
  useEffect(() => {
    const resized = (): void => {
      onResize();
      setSize(sizeOf(stdout));
    };
    stdout.on('resize', resized);
    return () => {
      stdout.off('resize', resized);
    };
  }, [stdout, onResize]);
  return <App {...props} {...size} />;
}

/** A terminal that does not say how large it is gets the usual size. */
const sizeOf = ({ columns, rows }: NodeJS.WriteStream): { readonly columns: number; readonly rows: number } => ({
  columns: columns || 80,
  rows: rows || 24,
});
