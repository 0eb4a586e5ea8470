// A run that has been, played again on virtual time: to any moment, at any speed.
import type { RunEvent } from '../../services/contract/events.ts';
import { inOrder } from '../metrics/in-order.ts';
import { createFold } from './fold/fold.ts';
import type { Transport } from './moment.ts';
import { createJudge } from './standings.ts';

export interface PlayerOptions {
  readonly events: readonly RunEvent[];
  readonly speed: number;
  /** ms, monotone. */
  readonly clock: () => number;
}

const slowest = 1 / 8;
const fastest = 64;

export function createPlayer({ events: unordered, speed: first, clock }: PlayerOptions): Transport {
  const events = inOrder(unordered);
  const until = events.reduce((latest, { at }) => Math.max(latest, at), 0);
  let fold = createFold();
  let judge = createJudge();
  let next = 0;
  let at = 0;
  let speed = first;
  let isPlaying = true;
  let tickedAt = clock();

  function advance(to: number): void {
    if (to < at) {
      fold = createFold();
      judge = createJudge();
      next = 0;
    }
    at = Math.min(Math.max(0, to), until);
    const from = next;
    while (next < events.length && (events[next]?.at ?? 0) <= at) next += 1;
    const due = events.slice(from, next);
    fold.add(due);
    judge.add(due);
  }

  return {
    kind: 'replay',
    tick: () => {
      const now = clock();
      if (isPlaying) advance(at + (now - tickedAt) * speed);
      tickedAt = now;
      const mode = at >= until ? 'over' : isPlaying ? 'playing' : 'paused';
      return { view: fold.view(at), standings: judge.standings(now), until, mode, speed, lost: null };
    },
    toggle: () => {
      // At the end: once more from the start.
      if (at >= until) advance(0);
      else isPlaying = !isPlaying;
      tickedAt = clock();
    },
    move: (ms) => advance(at + ms),
    toStart: () => advance(0),
    toEnd: () => advance(until),
    faster: (factor) => {
      speed = Math.min(fastest, Math.max(slowest, speed * factor));
    },
    close: () => {},
  };
}
