// `smartorders dashboard`: the fleet as it is now. With a run on it, that run's journal; without one, the services' own
// streams, until a run begins; with --load, a playground of its own.
import { connectAdmin } from '../fleet/admin.ts';
import type { KeeperClient } from '../fleet/control-client.ts';
import { type HoldingRun, holdingRunSchema } from '../fleet/control-protocol.ts';
import { connectFleet, type Fleet, findFleet, keeperOf, requireFleet } from '../fleet/fleet.ts';
import { inspectFleet } from '../fleet/inspect.ts';
import { keeperHands } from '../fleet/keeper-hands.ts';
import { watchFleet } from '../fleet/watch-feed.ts';
import { paintFor, shown } from '../report/standing.ts';
import { watchSignals } from '../stop-signal.ts';
import type { Terminal } from '../terminal.ts';
import { tellFeed } from './feed-lines.ts';
import { followJournal } from './follow-journal.ts';
import { perSecondOf } from './load-set.ts';
import { playgroundScenario } from './playground-scenario.ts';
import { headerOf } from './run-header.ts';
import { judgeJournal } from './viewed/judge-journal.ts';
import { canShow, type Shown, showOnScreen, smallest } from './viewed/on-screen.ts';
import { viewRun } from './viewed/view-run.ts';

export interface DashboardOptions {
  readonly fleet: string;
  /** Such as 20/s. */
  readonly load?: string;
  readonly reports: string;
}

export async function dashboard(options: DashboardOptions, terminal: Terminal): Promise<number> {
  const { fleet, load, reports } = options;
  if (load !== undefined) {
    const args = ['__playground', '--fleet', fleet, '--load', String(perSecondOf(load)), '--reports', reports];
    return viewRun({ args, asks: false }, terminal);
  }
  using stopper = watchSignals(() => {});
  await using found = await connectFleet(requireFleet(fleet, terminal.env));
  const runs = await watchRuns(found.keeper);
  while (!stopper.signal.aborted) {
    const { run, changed } = runs.current();
    const until = AbortSignal.any([stopper.signal, changed]);
    const view = { ...shownOf(found, { run, gone: runs.gone(), terminal }), signal: until };
    if (canShow(terminal, smallest)) await showOnScreen(view, terminal);
    else await lines(view, terminal);
    // A screen stays on a run that is over until the next one begins; lines go on with the fleet.
    const isLeft = canShow(terminal, smallest) || run === null;
    if (isLeft && !until.aborted) break;
    runs.forget(run);
  }
  return 0;
}

// --- internal ---

interface Runs {
  /** `changed`: aborted when another run begins. That one ends is no reason to take it off the screen. */
  current(): { readonly run: HoldingRun | null; readonly changed: AbortSignal };
  /** Resolves when the run that is on now has let go of the fleet, or the fleet is gone. */
  gone(): Promise<string | null>;
  /** This run has been told to its end. */
  forget(run: HoldingRun | null): void;
}

async function watchRuns(keeper: KeeperClient): Promise<Runs> {
  let changing = new AbortController();
  let over = Promise.withResolvers<string | null>();
  let run: HoldingRun | null = null;
  keeper.onPush((push) => {
    if (push.push !== 'run') return;
    if (push.run === null) return over.resolve(null);
    run = push.run;
    over = Promise.withResolvers();
    const before = changing;
    changing = new AbortController();
    before.abort();
  });
  const forget = (told: HoldingRun | null): void => {
    if (run === told) run = null;
  };
  const holding = await keeper.ask({ op: 'run.watch' }, holdingRunSchema.nullable());
  run ??= holding;
  void keeper.closed.then(() => over.resolve('the fleet is gone'));
  return { current: () => ({ run, changed: changing.signal }), gone: () => over.promise, forget };
}

interface Now {
  readonly run: HoldingRun | null;
  readonly gone: Promise<string | null>;
  readonly terminal: Terminal;
}

function shownOf({ state, keeper }: Fleet, { run, gone, terminal: { env } }: Now): Omit<Shown, 'signal'> {
  const { name, ports, token } = state;
  const hands = keeperHands(() => keeperOf(requireFleet(name, env)));
  const inspect = inspectFleet(() => findFleet(name, env));
  if (run !== null) {
    const { journal } = run;
    const feed = followJournal({ path: journal, written: gone });
    return { feed, hands, inspect, judge: () => judgeJournal(journal) };
  }
  const like = headerOf({
    ...{ runId: `fleet ${name}`, selected: playgroundScenario(1), overrides: { vars: {}, set: [] }, seed: undefined },
    ...{ manual: true, fleet: { state } },
  });
  const header = { ...like, scenario: { ...like.scenario, name: 'no run' }, command: '' };
  const lost = keeper.closed.then(() => 'the fleet is gone');
  const feed = watchFleet({ admin: connectAdmin({ ports: ports.services, token }), header, lost });
  return { feed, hands, inspect };
}

/** Until there is nothing more to tell, or `signal` aborts. A run's last word is its verdict. */
async function lines({ feed, judge, signal }: Shown, { out, paint }: Terminal): Promise<void> {
  const reason = await tellFeed({ feed, say: out, paint, signal });
  if (signal.aborted) return;
  if (reason !== null) out(paint.warn(reason));
  if (judge === undefined) return;
  const result = await judge();
  out(`${paintFor(result.verdict, paint)(paint.bold(shown(result.verdict)))}  ${result.reason}   run ${result.run}`);
}
