// B2: what arrives has been admitted, and not by an open breaker. Joined by attempt, so that a delayed arrival is no leak: it
// carries the generation in which it was admitted. What the caller does not tell of at all, nobody admitted.
import { byAttempt } from '../by-attempt.ts';
import { moment } from '../figures.ts';
import type { Arrival, Call, LinkHistory, Move } from './history.ts';
import { type Violation, violation } from './violation.ts';

/** A caller tells of a call when it ends: one that arrived this near to the end of the record may still be under way. */
const patienceMs = 250;

export function checkArrivals({ lives, arrivals, policy, endAt }: LinkHistory): readonly Violation[] {
  const calls = byAttempt(lives.flatMap((life) => life.calls));
  const moves = lives.flatMap((life) => life.moves);
  const told = endAt - policy.timeoutMs - patienceMs;
  for (const arrival of arrivals) {
    const call = calls.get(arrival.attempt);
    const wrong = call === undefined ? unclaimed(arrival, told) : (refused(call) ?? mislabelled(call, arrival));
    const leak = wrong ?? admittedOpen(arrival, moves);
    if (leak === null) continue;
    const shown = [...(call === undefined ? [] : [call]), ...movesAround(arrival, moves), arrival];
    return [
      violation(
        'B2',
        arrival.at,
        `${leak} at ${moment(arrival.at)}`,
        shown.toSorted((a, b) => a.at - b.at),
      ),
    ];
  }
  return [];
}

// --- internal ---

const unclaimed = ({ at, attempt }: Arrival, told: number): string | null =>
  at > told ? null : `${attempt} arrived, and the caller tells of no such call`;

const refused = ({ admitted, attempt }: Call): string | null =>
  admitted ? null : `${attempt} arrived, although the breaker refused it`;

const mislabelled = ({ attempt, generation }: Call, arrival: Arrival): string | null =>
  generation === arrival.generation
    ? null
    : `${attempt} arrived as of generation ${arrival.generation}, and was admitted in ${generation}`;

function admittedOpen({ attempt, generation }: Arrival, moves: readonly Move[]): string | null {
  const entered = moves.find((move) => move.generation === generation);
  return entered?.to === 'open' ? `${attempt} arrived, admitted while the breaker was open` : null;
}

const movesAround = ({ at }: Arrival, moves: readonly Move[]): readonly Move[] =>
  moves.filter((move) => move.at <= at).slice(-2);
