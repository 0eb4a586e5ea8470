// The fleet that runs take place on: the one that is up, else one of their own, which a series of runs shares.
import { randomBytes } from 'node:crypto';
import { bringUp, connectFleet, type Fleet, findFleet } from '../fleet/fleet.ts';
import type { DriverName } from '../fleet/state.ts';
import type { Terminal } from '../terminal.ts';
import { showStarting } from './progress.ts';

export interface FleetKeeping {
  /** Used if it is up. */
  readonly fleet: string;
  readonly ephemeral?: boolean;
  /** Of a fleet of its own. */
  readonly driver?: DriverName;
}

export interface FleetsOptions extends FleetKeeping {
  /** More runs may follow on the same fleet. */
  readonly isSeries: boolean;
  readonly say: (line: string) => void;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

export interface Fleets extends AsyncDisposable {
  readonly current: () => Promise<Fleet>;
  /** After a run: undoes what is left of it, and ends a fleet that nobody needs any more. */
  readonly letGo: (fleet: Fleet) => Promise<void>;
  /** The next run gets another one. */
  readonly drop: () => Promise<void>;
}

export function fleetsFor(options: FleetsOptions): Fleets {
  const { isSeries, terminal, say, signal } = options;
  const { env, paint } = terminal;
  let kept: Fleet | null = null;

  async function dispose(): Promise<void> {
    const fleet = kept;
    kept = null;
    await fleet?.[Symbol.asyncDispose]();
  }

  async function obtain(): Promise<Fleet> {
    const running = options.ephemeral === true ? null : findFleet(options.fleet, env);
    if (running !== null) return connectFleet(running);
    say(paint.dim('bringing up a fleet of its own'));
    const name = `run-${randomBytes(4).toString('hex')}`;
    return bringUp({
      ...{ name, env, basePort: null, driver: options.driver, signal },
      onStarted: showStarting(say, paint),
      onProgress: (text) => say(paint.dim(`  ${text}`)),
    });
  }

  return {
    current: async () => {
      kept ??= await obtain();
      return kept;
    },
    letGo: async (fleet) => {
      if (!isSeries) return dispose();
      // A fleet that cannot be made whole is of no use to the next run.
      await fleet.keeper.call({ op: 'release' }).catch(dispose);
    },
    drop: dispose,
    [Symbol.asyncDispose]: dispose,
  };
}
