// How a load's rate runs over time: straight pieces, and how many arrivals they add up to.
import type { OpenLoad } from './load.ts';

export interface Course {
  /** Arrivals that are due in the first `ms`, as a fraction. */
  countAt(ms: number): number;
  /** The inverse: ms at which so many arrivals have added up. */
  whenCount(count: number): number;
}

interface Piece {
  /** ms since the load's start. */
  readonly at: number;
  /** Infinity: the last one. */
  readonly forMs: number;
  /** Arrivals per second. */
  readonly from: number;
  readonly to: number;
  /** Arrivals before it. */
  readonly before: number;
}

/** `holdMs`: how long the first rate stays before the stages begin. */
export function courseOf(load: OpenLoad, holdMs: number): Course {
  const pieces = piecesOf(load, holdMs);
  return {
    countAt: (ms) => {
      const piece = pieces.findLast(({ at }) => at <= ms) ?? pieces[0];
      return piece === undefined ? 0 : piece.before + within(piece, ms - piece.at);
    },
    whenCount: (count) => {
      const piece = pieces.findLast(({ before }) => before <= count) ?? pieces[0];
      return piece === undefined ? 0 : piece.at + inverse(piece, count - piece.before);
    },
  };
}

// --- internal ---

function piecesOf(load: OpenLoad, holdMs: number): readonly Piece[] {
  if (load.executor === 'constant-arrival-rate') {
    return [{ at: 0, forMs: Number.POSITIVE_INFINITY, from: load.perSecond, to: load.perSecond, before: 0 }];
  }
  let [at, rate, before] = [0, load.startPerSecond, 0];
  const pieces: Piece[] = [];
  const add = (forMs: number, to: number): void => {
    const piece = { at, forMs, from: rate, to, before };
    pieces.push(piece);
    [at, rate, before] = [at + forMs, to, before + within(piece, forMs)];
  };
  if (holdMs > 0) add(holdMs, rate);
  for (const { perSecond, forMs } of load.stages) add(forMs, perSecond);
  add(Number.POSITIVE_INFINITY, rate);
  return pieces;
}

const slopeOf = ({ forMs, from, to }: Piece): number => (to === from ? 0 : (to - from) / forMs);

/** The area under a straight line. */
const within = (piece: Piece, ms: number): number =>
  ms === 0 ? 0 : (piece.from * ms + (slopeOf(piece) * ms * ms) / 2) / 1_000;

/** Solves `within = count` for ms; in the form of the quadratic formula that keeps its digits where the slope is small. */
function inverse(piece: Piece, count: number): number {
  const area = count * 1_000;
  if (area === 0) return 0;
  const root = Math.sqrt(Math.max(0, piece.from * piece.from + 2 * slopeOf(piece) * area));
  return (2 * area) / (piece.from + root);
}
