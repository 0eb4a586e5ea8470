// A fault lies within its phase, and no two faults that are on at once contradict each other.
import { formatDuration } from '../duration.ts';
import { type Fault, type HttpFault, isSocketFault, type SocketFault } from '../fault.ts';
import { type Stretch, windowOf } from '../timeline.ts';
import type { Finding } from './finding.ts';
import type { View } from './view.ts';

export function* checkFaults({ phases }: View): Generator<Finding> {
  for (const [index, { for: forMs, faults }] of phases.entries()) {
    const path = ['phases', index, 'faults'];
    // Where the phase's own length is not readable, only faults that last as long as it can be compared.
    const placed = faults.flatMap((fault, at) => {
      if (fault === null) return [];
      return [{ fault, at, window: forMs === null ? null : windowOf(fault, forMs) }];
    });
    for (const { at, window } of placed) {
      if (window !== null && forMs !== null) yield* checkWindow([...path, at], window, forMs);
    }
    for (const [later, { fault, at, window }] of placed.entries()) {
      const first = placed
        .slice(0, later)
        .filter((earlier) => overlap(window, earlier.window))
        .map((earlier) => ({ number: earlier.at + 1, message: contradiction(earlier.fault, fault) }))
        .find(({ message }) => message !== null);
      if (first !== undefined)
        yield { path: [...path, at], message: `contradicts fault ${first.number} of this phase: ${first.message}` };
    }
  }
}

// --- internal ---

function* checkWindow(path: Finding['path'], { from, to }: Stretch, forMs: number): Generator<Finding> {
  const length = formatDuration(forMs);
  if (from >= forMs) {
    yield { path: [...path, 'after'], message: `the phase is over after ${length}; the fault would never be set` };
  } else if (to > forMs + 1e-6) {
    yield {
      path: [...path, 'for'],
      message: `it would last until ${formatDuration(to)} of a phase of ${length}; faults end with their phase, at the latest`,
    };
  }
}

const overlap = (one: Stretch | null, other: Stretch | null): boolean =>
  one === null || other === null || (one.from < other.to && other.from < one.to);

/** null: both can be seen. */
function contradiction(earlier: Fault, later: Fault): string | null {
  if (isSocketFault(earlier) && isSocketFault(later)) return ofSockets(earlier, later);
  if (!isSocketFault(earlier) && !isSocketFault(later)) return ofService(earlier, later);
  return null;
}

function ofSockets(earlier: SocketFault, later: SocketFault): string | null {
  if (earlier.link !== later.link) return null;
  const down = [earlier, later].find(({ type }) => type === 'down');
  if (down !== undefined) {
    const other = down === earlier ? later : earlier;
    return other.type === 'down'
      ? `${later.link} is down already; let one end before the other begins`
      : `${other.type} on ${later.link} cannot be seen while it is down; let one end before the other begins`;
  }
  if (earlier.type === 'down' || later.type === 'down' || earlier.stream !== later.stream) return null;
  if (earlier.type === later.type) {
    return `a second ${later.type} ${later.stream} on ${later.link}; make them one, or let one end before the other begins`;
  }
  const wall = [earlier, later].find(({ type, toxicity }) => type === 'timeout' && toxicity === 1);
  return wall === undefined
    ? null
    : `timeout lets nothing through ${later.link} ${later.stream}, so the other cannot be seen; let one end before the other begins`;
}

function ofService(earlier: HttpFault, later: HttpFault): string | null {
  if (earlier.service !== later.service || !meet(earlier.route, later.route)) return null;
  if (earlier.type === later.type && earlier.type === 'httpDelay') {
    return `a second httpDelay in ${later.service}; make them one, or give them different routes`;
  }
  const takesAll = earlier.type !== 'httpDelay' && earlier.probability === 1 && earlier.failCount === undefined;
  return takesAll
    ? `${earlier.type} answers every request of ${later.service} first, so that ${later.type} hits none; give one a probability, a failCount, another route or another time`
    : null;
}

const meet = (one: string | undefined, other: string | undefined): boolean =>
  one === undefined || other === undefined || one === other;
