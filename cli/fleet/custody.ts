// What a keeper holds for others: the lease of the one run, the undo of everything that is broken, the faults set by hand.
import { SmartOrdersError } from '../errors.ts';
import type { Admin } from './admin.ts';
import { createByHand, type HandChange, undoneByHand } from './by-hand.ts';
import type { ControlPush, ControlRequest, HoldingRun } from './control-protocol.ts';
import type { ControlClient, ControlServer } from './control-server.ts';
import { healFleet } from './heal-fleet.ts';
import type { LinkPlan, Links } from './links.ts';
import { createRunAsks } from './run-asks.ts';
import type { StandingFault } from './standing-fault.ts';
import { carryOut, isHeldDown, type Undoable } from './undo.ts';
import { createUndoList, type UndoList } from './undo-list.ts';

export interface CustodyOptions {
  readonly links: Links;
  readonly admin: CustodyAdmin;
  readonly plans: readonly LinkPlan[];
  readonly push: ControlServer['push'];
  readonly onLease: () => void;
  readonly onUndoFailed: (key: string, error: unknown) => void;
}

export type CustodyAdmin = Pick<
  Admin,
  'setFailpoint' | 'failpoints' | 'removeFailpoint' | 'breakers' | 'forceBreaker' | 'releaseBreaker' | 'setPolicies'
>;

export type CustodyRequest = Exclude<ControlRequest, { op: 'hello' | 'ready' | 'down' }>;

export interface Custody {
  /** The run that holds the fleet. */
  run(): string | null;
  handle(request: CustodyRequest, client: ControlClient): Promise<unknown>;
  /** Undoes whatever this client broke, and gives its lease back. Errors: `not-healed`. */
  release(client: ControlClient): Promise<void>;
  /** As `release`, of one that has left. */
  gone(client: ControlClient): Promise<void>;
  undoEverything(): Promise<void>;
}

interface Lease extends HoldingRun {
  readonly client: number;
  readonly released: PromiseWithResolvers<void>;
}

/** How long a run may take to stop before the fleet is reset under it. */
const stopPatienceMs = 5_000;

export function createCustody(options: CustodyOptions): Custody {
  const { links, admin, plans, push, onLease, onUndoFailed } = options;
  let lease: Lease | null = null;
  /** Clients that are told which run is on. */
  const watchers = new Set<number>();
  /** Nothing new is begun until it is over: it would be undone with the rest, and nobody would know. */
  let resetting: Promise<unknown> = Promise.resolve();
  const undoable: Undoable = {
    removeToxic: (link, toxic) => links.removeToxic(link, toxic),
    enableLink: (link) => links.setEnabled(link, true),
    removeFailpoint: admin.removeFailpoint,
    releaseBreaker: admin.releaseBreaker,
    setPolicies: admin.setPolicies,
  };
  const undoList = createUndoList({
    carryOut: async (undo, others) => {
      if (!isHeldDown(undo, others)) await carryOut(undo, undoable);
    },
    onUndone: (entry) => {
      const change = undoneByHand(entry);
      if (change !== null) tellRun(change);
    },
    onFailure: onUndoFailed,
  });
  const byHand = createByHand({ undoList, links, admin, tell: tellRun });
  const runAsks = createRunAsks({ pushToRun });

  function tellRun(hand: HandChange): void {
    pushToRun({ push: 'hand', hand });
  }

  function pushToRun(message: ControlPush): boolean {
    if (lease !== null) push(lease.client, message);
    return lease !== null;
  }

  const holding = (): HoldingRun | null => lease && { run: lease.run, journal: lease.journal };

  function leaseChanged(): void {
    for (const watcher of watchers) push(watcher, { push: 'run', run: holding() });
    onLease();
  }

  async function release(client: ControlClient): Promise<void> {
    // What a hand did to a run must not become the next one's.
    const isRun = lease?.client === client.id;
    const broken = await undoList.runAll(({ owner }) => owner === client.id || (isRun && owner === null));
    if (lease?.client === client.id) {
      const { released } = lease;
      lease = null;
      released.resolve();
      leaseChanged();
    }
    if (broken.length > 0) throw notHealed(broken);
  }

  function exclusively<T>(done: Promise<T>): Promise<T> {
    resetting = Promise.allSettled([resetting, done]);
    return done;
  }

  async function reset(force: boolean): Promise<readonly string[]> {
    if (lease !== null && !force) throw inTheWay(lease.run);
    if (lease !== null) {
      // What the run is setting at this moment is undone by the run: here, it would be missed.
      tellRun({ change: 'reset' });
      await within(lease.released.promise, stopPatienceMs);
    }
    const faults = standingFaults(undoList, lease);
    const broken = await undoList.runAll();
    const { healed, failed } = await healFleet({ links, admin, plans });
    if (broken.length + failed.length > 0) throw notHealed([...broken, ...failed]);
    return [...faults.map(({ fault, target, dose }) => `${target}: ${dose} (${fault})`), ...healed];
  }

  return {
    run: () => lease?.run ?? null,
    release,
    gone: (client) => {
      watchers.delete(client.id);
      return release(client);
    },
    undoEverything: async () => {
      await undoList.runAll();
    },
    handle: async (request, client) => {
      switch (request.op) {
        case 'lease':
          await resetting;
          if (lease !== null) throw leased(lease.run);
          lease = {
            run: request.run,
            journal: request.journal,
            client: client.id,
            released: Promise.withResolvers(),
          };
          return leaseChanged();
        case 'run.watch':
          watchers.add(client.id);
          return holding();
        case 'undo.add': {
          const { key, undo, ttlMs, fault } = request;
          return undoList.add({ key, owner: client.id, undo, ttlMs, fault });
        }
        case 'undo.run':
          return undoList.run(request.key);
        case 'release':
          return release(client);
        case 'fault.add':
          await resetting;
          return byHand.add(request.fault, request.ttlMs);
        case 'fault.list':
          return standingFaults(undoList, lease);
        case 'fault.clear':
          return byHand.clear(request.fault);
        case 'breaker.force':
          await resetting;
          return byHand.force(request.link, request.state, request.ttlMs);
        case 'load.set':
          return runAsks.setLoad(request.load, request.perSecond);
        case 'load.answer':
          return runAsks.answer(request.ask, request.error);
        case 'reset':
          return exclusively(reset(request.force));
        default:
          return request satisfies never;
      }
    },
  };
}

// --- internal ---

const standingFaults = (undoList: UndoList, lease: Lease | null): readonly StandingFault[] =>
  undoList.list().flatMap(({ fault, owner, ttlMs, ageMs }) => {
    if (fault === undefined) return [];
    const run = owner !== null && owner === lease?.client ? lease.run : null;
    const leftMs = Math.round(Math.max(0, (ttlMs ?? 0) - ageMs));
    return [{ ...fault, by: owner === null ? 'hand' : 'plan', run, ageMs: Math.round(ageMs), leftMs }];
  });

async function within(done: Promise<void>, patienceMs: number): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, patienceMs);
  await Promise.race([done, late.promise]);
  clearTimeout(timer);
}

const notHealed = (what: readonly string[]): SmartOrdersError =>
  new SmartOrdersError('not-healed', `not everything could be undone: ${what.join(', ')}`, {
    hint: 'the keeper goes on trying; if smartorders status still shows it: smartorders down && smartorders up',
  });

const leased = (run: string): SmartOrdersError =>
  new SmartOrdersError('leased', `the fleet is taken by run ${run}`, {
    hint: 'wait for it to end, or give this run a fleet of its own: --ephemeral',
  });

const inTheWay = (run: string): SmartOrdersError =>
  new SmartOrdersError('leased', `the fleet is taken by run ${run}, which a reset would spoil`, {
    hint: 'wait for it to end, or end it with smartorders reset --force',
  });
