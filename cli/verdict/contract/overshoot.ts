// B3: when a breaker opens, no more calls are under way than the bulkhead before it admits at once.
import { counted, moment } from '../figures.ts';
import type { Call, Life, LinkHistory, Move } from './history.ts';
import { type Violation, violation } from './violation.ts';

export interface Opening {
  readonly move: Move;
  /** Admitted before it, ended after it. */
  readonly underWay: readonly Call[];
}

export const openingsOf = ({ moves, calls }: Life): readonly Opening[] =>
  moves
    .filter(({ from, to, cause }) => from === 'closed' && to === 'open' && cause !== 'manual')
    .map((move) => ({
      move,
      underWay: calls.filter(({ admitted, start, end }) => admitted && start <= move.at && end > move.at),
    }));

/** `mostInFlight`: of the bulkhead. */
export function checkOvershoot({ lives }: LinkHistory, mostInFlight: number): readonly Violation[] {
  const worst = lives.flatMap(openingsOf).find(({ underWay }) => underWay.length > mostInFlight);
  if (worst === undefined) return [];
  const { move, underWay } = worst;
  const message = `${counted(underWay.length, 'call')} under way at the opening at ${moment(move.at)}, more than ${mostInFlight}`;
  return [violation('B3', move.at, message, [...underWay, move])];
}
