// Did a fault last as long as it was meant to? Where each attempt shows it with a known probability, a run of attempts at an
// edge of its window that all show nothing of it says that it came late or was healed early.
import type { FaultSpan } from '../metrics/record.ts';
import type { Fault } from '../scenario/fault.ts';
import { counted, moment } from './figures.ts';

export interface Met {
  readonly start: number;
  readonly end: number;
  readonly isHit: boolean;
}

/** Setting and clearing take their time, and what began meanwhile may have met the fault or not. */
const graceMs = 250;
/** So unlikely must a run of misses be under the fault. */
const chance = 0.001;

/** `met` by when they began. null: as far as can be seen, it lasted. */
export function edgeShortfall(spec: Fault, { from, to }: FaultSpan, met: readonly Met[]): string | null {
  const certainty = certaintyOf(spec);
  if (certainty === null || to === null) return null;
  const inside = met.filter(({ start, end }) => start >= from + graceMs && end <= to - graceMs);
  const needed = certainty === 1 ? 3 : Math.ceil(Math.log(chance) / Math.log(1 - certainty));
  const hits = met.filter(({ isHit }) => isHit);
  const [firstHit, lastHit] = [hits[0]?.start ?? from, hits.at(-1)?.start ?? from];
  const before = inside.filter(({ start }) => start < firstHit);
  if (before.length >= needed) {
    return `the first ${counted(before.length, 'attempt')} show nothing of it: it came late, at ${moment(firstHit)}`;
  }
  const after = inside.filter(({ start }) => start > lastHit);
  const [next] = after;
  return next === undefined || after.length < needed
    ? null
    : `the last ${counted(after.length, 'attempt')}, from ${moment(next.start)} on, show nothing of it: it ended before its time`;
}

// --- internal ---

/** With which probability an attempt shows it; null: nobody can say (a share of connections, a share of routes, a count). */
function certaintyOf(spec: Fault): number | null {
  switch (spec.type) {
    case 'down':
      return 1;
    case 'timeout':
      return spec.toxicity === 1 ? 1 : null;
    case 'latency':
      return spec.toxicity === 1 && spec.jitterMs <= spec.latencyMs / 4 ? 1 : null;
    case 'httpError':
    case 'httpDelay':
    case 'decline':
      return spec.route === undefined && spec.skipFirst === 0 && spec.failCount === undefined ? spec.probability : null;
    case 'resetPeer':
    case 'bandwidth':
    case 'slicer':
    case 'slowClose':
    case 'limitData':
      return null;
    default:
      return spec satisfies never;
  }
}
