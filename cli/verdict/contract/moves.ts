// B14, B18: only legal transitions, each from where the one before led to, in unbroken generations, each with its cause.
//
//   closed ──threshold──▶ open ──wait-over──▶ halfOpen ──probe-succeeded──▶ closed
//                          ▲                     │
//                          └────probe-failed─────┘        any ──manual──▶ closed
import { moment } from '../figures.ts';
import type { LinkHistory, Move } from './history.ts';
import { type Violation, violation } from './violation.ts';

export function checkMoves({ lives }: LinkHistory): readonly Violation[] {
  return lives.flatMap(({ moves }) => {
    for (const [index, move] of moves.entries()) {
      const before = moves[index - 1];
      const wrong = illegal(move) ?? (before === undefined ? null : broken(before, move)) ?? causeless(move);
      if (wrong === null) continue;
      const property = causeless(move) === wrong ? 'B18' : 'B14';
      return [violation(property, move.at, `${wrong} at ${moment(move.at)}`, moves.slice(0, index + 1))];
    }
    return [];
  });
}

// --- internal ---

const causes: Readonly<Record<string, Move['cause']>> = {
  'closed>open': 'threshold',
  'open>halfOpen': 'wait-over',
  'halfOpen>open': 'probe-failed',
  'halfOpen>closed': 'probe-succeeded',
};

function illegal({ from, to, cause }: Move): string | null {
  if (cause === 'manual') return from !== 'closed' && to === 'closed' ? null : `went from ${from} to ${to} by hand`;
  const expected = causes[`${from}>${to}`];
  if (expected === undefined) return `went from ${from} to ${to}`;
  return expected === cause ? null : `went from ${from} to ${to} for the cause ${cause}, not ${expected}`;
}

function broken(before: Move, move: Move): string | null {
  if (before.to !== move.from) return `left ${move.from}, but was ${before.to}`;
  return move.generation === before.generation + 1
    ? null
    : `went on to generation ${move.generation} after ${before.generation}`;
}

/** An opening says what it was for. */
const causeless = ({ to, cause, error }: Move): string | null =>
  to === 'open' && cause !== 'manual' && error === undefined ? 'opened without saying for which error' : null;
