// A run that is on: events are gathered as they come and folded once a tick. Of the last minutes a view is kept for each second.
import type { RunEvent } from '../../services/contract/events.ts';
import type { RunResult } from '../verdict/run-result.ts';
import { createFold } from './fold/fold.ts';
import type { Moment, Transport } from './moment.ts';
import type { EventFeed } from './ports.ts';
import type { Standings } from './standing-line.ts';
import { createJudge } from './standings.ts';
import type { View } from './view.ts';

export interface LiveOptions {
  readonly feed: EventFeed;
  /** ms, monotone. */
  readonly clock: () => number;
  /** The whole judgement, of a run that is too long to be kept here. */
  readonly judge?: () => Promise<RunResult>;
}

interface Kept {
  readonly view: View;
  readonly standings: Standings;
}

const keptSeconds = 300;
const unjudged: Standings = { lines: [], verdict: null, note: 'not judged at that moment' };

export function createLive({ feed, clock, judge: judgeWhole }: LiveOptions): Transport {
  const fold = createFold();
  const judge = createJudge();
  let pending: (readonly RunEvent[])[] = [];
  let history: Kept[] = [];
  /** The run's time ahead of the clock's. */
  let offset = Number.NEGATIVE_INFINITY;
  let frozen: Kept | null = null;
  let isPast = false;
  let lost: string | null = null;
  let isOver = false;
  let isAsked = false;

  const leave = feed.subscribe((events) => {
    pending.push(events);
  });
  void feed.ended.then((reason) => {
    lost = reason;
    isOver = true;
  });

  function newest(): Kept {
    const had = pending;
    pending = [];
    for (const events of had.flatMap(bySecond)) {
      if (events.length === 0) continue;
      fold.add(events);
      judge.add(events);
      keep({ view: fold.view(fold.latest()), standings: unjudged });
    }
    // Events come late, never early: the most that they were ever ahead is nearest to the truth.
    if (had.length > 0) offset = Math.max(offset, fold.latest() - clock());
    const isStill = isOver || offset === Number.NEGATIVE_INFINITY;
    const view = fold.view(isStill ? fold.latest() : Math.max(fold.latest(), clock() + offset));
    const kept = { view, standings: judge.standings(clock()) };
    askForVerdict();
    keep(kept);
    return kept;
  }

  function keep(kept: Kept): void {
    const before = history.at(-1);
    if (before !== undefined && kept.view.now - before.view.now < 1_000) return;
    history.push(kept);
    if (history.length > keptSeconds * 2) history = history.slice(-keptSeconds);
  }

  function askForVerdict(): void {
    if (isAsked || judgeWhole === undefined || !judge.isOutOfReach()) return;
    isAsked = true;
    judgeWhole().then(judge.settle, (error: unknown) => {
      lost = `the verdict cannot be told: ${String(error)}`;
    });
  }

  function moment({ view, standings }: Kept, until: number): Moment {
    const mode = isPast ? 'past' : frozen !== null ? 'frozen' : view.ended !== null || isOver ? 'over' : 'live';
    return { view, standings, until, mode, speed: 1, lost };
  }

  return {
    kind: 'live',
    tick: () => {
      const now = newest();
      return moment(frozen ?? now, now.view.now);
    },
    toggle: () => {
      frozen = frozen === null ? newest() : null;
      isPast = false;
    },
    move: (ms) => {
      const latest = newest();
      const to = (frozen ?? latest).view.now + ms;
      isPast = to < latest.view.now;
      // Forward past the last kept view is live again.
      frozen = isPast ? (history.findLast(({ view }) => view.now <= to) ?? history[0] ?? latest) : null;
    },
    toStart: () => {
      frozen = history[0] ?? null;
      isPast = frozen !== null;
    },
    toEnd: () => {
      frozen = null;
      isPast = false;
    },
    faster: () => {},
    close: leave,
  };
}

// --- internal ---

/** Who comes late to a run can look back at what was before: its events come at once, and are folded second by second. */
function bySecond(events: readonly RunEvent[]): readonly (readonly RunEvent[])[] {
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined || last.at - first.at < 1_000) return [events];
  const parts: RunEvent[][] = [];
  let until = Number.NEGATIVE_INFINITY;
  for (const event of events) {
    if (event.at >= until) {
      parts.push([]);
      until = (Math.floor(event.at / 1_000) + 1) * 1_000;
    }
    parts.at(-1)?.push(event);
  }
  return parts;
}
