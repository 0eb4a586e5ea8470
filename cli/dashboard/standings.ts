// How the expectations stand so far, by the verdict's own code. That folds all events anew, so it is done at most once a second
// and for a small share of the time. Of a run too long to keep whole, what needs single calls is left to the end.
import type { RunEvent } from '../../services/contract/events.ts';
import { resultOf } from '../verdict/result.ts';
import type { RunResult } from '../verdict/run-result.ts';
import { judgeSoFar, type Kept } from './judge-so-far.ts';
import { linesOf, type Standings } from './standing-line.ts';

export interface Judge {
  readonly add: (events: readonly RunEvent[]) => void;
  /** `wall`: ms on any clock that goes on by itself. */
  readonly standings: (wall: number) => Standings;
  /** The whole judgement, from who has kept every event. */
  readonly settle: (result: RunResult) => void;
  /** True where only somebody else can tell the verdict. */
  readonly isOutOfReach: () => boolean;
}

export interface Bounds {
  /** So many events are kept whole. */
  readonly whole: number;
  /** So many, once single calls and arrivals are left out. */
  readonly thin: number;
}

/** Some 15 MB each, and a judgement of as many holds the screen up for a fifth of a second. */
export const bounds: Bounds = { whole: 40_000, thin: 80_000 };

const everyMs = 1_000;
/** A judgement that took 30 ms is next made after 60 times as long. */
const restFactor = 60;

const isThin = ({ type }: RunEvent): boolean => type !== 'call' && type !== 'arrival' && type !== 'fault.observed';
const nothing: Standings = { lines: [], verdict: null, note: null };

export function createJudge({ whole, thin }: Bounds = bounds, stopwatch = () => performance.now()): Judge {
  let events: RunEvent[] = [];
  let kept: Kept = 'whole';
  let hasEnded = false;
  let known = nothing;
  let dueAt = Number.NEGATIVE_INFINITY;
  let isSettled = false;

  function add(more: readonly RunEvent[]): void {
    if (isSettled) return;
    for (const event of more) {
      hasEnded ||= event.type === 'run.ended';
      if (kept === 'whole' || (kept === 'thin' && isThin(event))) events.push(event);
    }
    if (kept === 'whole' && events.length > whole) {
      kept = 'thin';
      events = events.filter(isThin);
    }
    if (kept === 'thin' && events.length > thin) {
      kept = 'nothing';
      events = [];
    }
  }

  function judged(): Standings {
    if (!hasEnded) return judgeSoFar(events, kept);
    if (kept !== 'whole') return { ...judgeSoFar(events, kept), note: 'the verdict is made from the whole journal' };
    isSettled = true;
    return linesOf(resultOf(events, { cutOff: false }));
  }

  return {
    add,
    standings: (wall) => {
      if (isSettled || (wall < dueAt && !hasEnded)) return known;
      const from = stopwatch();
      known = judged();
      dueAt = wall + Math.max(everyMs, (stopwatch() - from) * restFactor);
      if (hasEnded) {
        isSettled = true;
        events = [];
      }
      return known;
    },
    settle: (result) => {
      known = linesOf(result);
      isSettled = true;
      events = [];
    },
    isOutOfReach: () => hasEnded && kept !== 'whole',
  };
}
