// The part of a record that an expectation speaks about: some stretches of time.
import type { EventOf } from '../../services/contract/events.ts';
import { belongsAt } from '../metrics/belongs-at.ts';
import type { RunRecord, StepRecord } from '../metrics/record.ts';
import { type Starved, starvedIn } from './stalls.ts';

/** From `from` up to but not including `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Sample {
  /** By when they were due, or met a fault on their way. */
  readonly requests: readonly EventOf<'request'>[];
  /** Likewise. */
  readonly steps: readonly StepRecord[];
  /** By when they were asked for, or met a fault on their way. */
  readonly callsOf: (link: string) => readonly EventOf<'call'>[];
  /** When the machine gave a service no processor. */
  readonly starved: readonly Starved[];
}

export const within = (spans: readonly Span[], at: number): boolean =>
  spans.some(({ from, to }) => at >= from && at < to);

export function sampleOf(record: RunRecord, spans: readonly Span[]): Sample {
  const { requests, steps, calls, faults } = record;
  const isIn = (from: number, to: number): boolean => within(spans, belongsAt(from, to, faults));
  return {
    requests: requests.filter(({ dueAt, doneAt }) => isIn(dueAt, doneAt)),
    steps: steps.filter(({ dueAt, doneAt }) => isIn(dueAt, doneAt)),
    callsOf: (link) => (calls.get(link) ?? []).filter(({ start, end }) => isIn(start, end)),
    starved: starvedIn(record),
  };
}

/** All judged time as one stretch; null where no judged phase began. */
export function judgedSpan({ phases }: RunRecord): Span | null {
  const judged = phases.filter((phase) => phase.judged);
  const [first, last] = [judged[0], judged.at(-1)];
  return first === undefined || last === undefined ? null : { from: first.from, to: last.to };
}
