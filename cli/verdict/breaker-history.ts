// What one link's breaker did, as far as the record tells.
import type { BreakerState, EventOf } from '../../services/contract/events.ts';
import type { RunRecord } from '../metrics/record.ts';
import type { Span } from './sample.ts';

type Breaker = EventOf<'breaker'>;

/** A state that was entered during the run, up to the transition out of it. */
export interface Stay extends Span {
  readonly state: BreakerState;
  readonly entered: Breaker;
  /** null: the record ends in this state; `to` is then the record's end. */
  readonly left: Breaker | null;
}

export function staysOf({ breakers, endAt }: RunRecord, link: string): readonly Stay[] {
  const transitions = breakers.get(link) ?? [];
  return transitions.map((entered, index) => {
    const left = transitions[index + 1] ?? null;
    return { state: entered.to, entered, left, from: entered.at, to: left?.at ?? endAt };
  });
}

/** Closed until the record says otherwise. */
export const stateAt = (stays: readonly Stay[], at: number): BreakerState =>
  stays.findLast(({ from }) => from <= at)?.state ?? 'closed';

/** The states in a stretch, beginning with the one that it starts in. */
export const pathIn = (stays: readonly Stay[], { from, to }: Span): readonly BreakerState[] => [
  stateAt(stays, from),
  ...stays.filter((stay) => stay.from > from && stay.from <= to).map(({ state }) => state),
];

/** Does the whole path fit? `...` stands for any run of states, also for none. */
export function matchesPath(pattern: readonly (BreakerState | '...')[], path: readonly BreakerState[]): boolean {
  const [wanted, ...rest] = pattern;
  if (wanted === undefined) return path.length === 0;
  if (wanted === '...')
    return path.some((_, skipped) => matchesPath(rest, path.slice(skipped))) || matchesPath(rest, []);
  return path[0] === wanted && matchesPath(rest, path.slice(1));
}
