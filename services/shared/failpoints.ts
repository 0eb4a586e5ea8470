// HTTP faults on purpose, inside a service: set by an admin route, forgotten by themselves after their TTL.
// Each decision is a hash of the fault and the planned arrival, never of chance, so two runs of one seed decide alike.
//
//   request ──its route?──▶ hash < probability? ──▶ the first skipFirst pass ──▶ the next failCount are hit ──▶ the rest pass
import type { Failpoint, FailpointView } from '../contract/admin.ts';
import type { Problem } from '../contract/problem.ts';
import type { Emit } from './events.ts';
import { hashUnit } from './hash-unit.ts';
import { problemOf } from './problem.ts';

export interface Visit {
  /** `METHOD /route`. */
  readonly operation: string;
  readonly link: string;
  /** What decides, together with seed, fault and link. */
  readonly arrival: string;
  readonly attempt?: string | undefined;
  readonly key?: string | undefined;
}

export interface Failpoints {
  readonly set: (id: string, failpoint: Failpoint) => void;
  readonly remove: (id: string) => void;
  readonly list: () => readonly FailpointView[];
  readonly isEmpty: () => boolean;
  /** Applies what hits: waits out delays, returns the problem to answer with, if any. */
  readonly check: (visit: Visit) => Promise<Problem | undefined>;
  readonly clear: () => void;
}

interface Active {
  readonly failpoint: Failpoint;
  /** Requests that route and probability decided for, in the order they came. */
  decided: number;
  hits: number;
  readonly expiry: NodeJS.Timeout;
  /** Ends the delay of each request that this failpoint holds. */
  readonly releases: Set<() => void>;
}

/** Retries get their own decisions once there are retries; today each call is its first try. */
const attemptNumber = '1';

export function createFailpoints({ emit }: { readonly emit: Emit }): Failpoints {
  const active = new Map<string, Active>();

  const remove = (id: string): void => {
    const removed = active.get(id);
    if (removed === undefined) return;
    active.delete(id);
    clearTimeout(removed.expiry);
    for (const release of [...removed.releases]) release();
  };

  const set = (id: string, failpoint: Failpoint): void => {
    remove(id);
    const expiry = setTimeout(() => remove(id), failpoint.ttlMs).unref();
    active.set(id, { failpoint, decided: 0, hits: 0, expiry, releases: new Set() });
  };

  const check = async (visit: Visit): Promise<Problem | undefined> => {
    for (const [id, entry] of [...active]) {
      // A delay before this one may have outlived it.
      if (active.get(id) !== entry || !isDecided(id, entry.failpoint, visit) || !isDue(entry)) continue;
      emit({
        type: 'fault.observed',
        fault: id,
        operation: visit.operation,
        attempt: visit.attempt,
        key: visit.key,
      });
      const problem = await apply(entry);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };

  return {
    set,
    remove,
    list: () => [...active].map(([id, { failpoint, hits }]) => ({ id, ...failpoint, hits })),
    isEmpty: () => active.size === 0,
    check,
    clear: () => {
      for (const id of [...active.keys()]) remove(id);
    },
  };
}

function isDecided(id: string, { route, probability, seed }: Failpoint, { operation, link, arrival }: Visit): boolean {
  if (route !== undefined && route !== operation) return false;
  return hashUnit(String(seed), id, arrival, link, attemptNumber) < probability;
}

/** Counts the request, and says whether its turn is between the skipped and the spared ones. */
function isDue(entry: Active): boolean {
  const { skipFirst = 0, failCount = Number.POSITIVE_INFINITY } = entry.failpoint;
  entry.decided += 1;
  if (entry.decided <= skipFirst || entry.hits >= failCount) return false;
  entry.hits += 1;
  return true;
}

async function apply({ failpoint, releases }: Active): Promise<Problem | undefined> {
  switch (failpoint.type) {
    case 'httpDelay':
      await held(failpoint.delayMs, releases);
      return undefined;
    case 'httpError':
      return problemOf('injected-fault', { status: failpoint.status });
    case 'decline':
      return problemOf('payment-declined');
    default:
      return failpoint satisfies never;
  }
}

function held(delayMs: number, releases: Set<() => void>): Promise<void> {
  return new Promise((resolve) => {
    const release = (): void => {
      clearTimeout(timer);
      releases.delete(release);
      resolve();
    };
    const timer = setTimeout(release, delayMs);
    releases.add(release);
  });
}
