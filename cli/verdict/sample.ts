// The part of a record that an expectation speaks about: some stretches of time.
import type { EventOf } from '../../services/contract/events.ts';
import type { RunRecord, StepRecord } from '../metrics/record.ts';

/** From `from` up to but not including `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Sample {
  /** By when they were due. */
  readonly requests: readonly EventOf<'request'>[];
  /** By when they were due. */
  readonly steps: readonly StepRecord[];
  /** By when they were asked for. */
  readonly callsOf: (link: string) => readonly EventOf<'call'>[];
}

export const within = (spans: readonly Span[], at: number): boolean =>
  spans.some(({ from, to }) => at >= from && at < to);

export const sampleOf = ({ requests, steps, calls }: RunRecord, spans: readonly Span[]): Sample => ({
  requests: requests.filter(({ dueAt }) => within(spans, dueAt)),
  steps: steps.filter(({ dueAt }) => within(spans, dueAt)),
  callsOf: (link) => (calls.get(link) ?? []).filter(({ start }) => within(spans, start)),
});

/** All judged time as one stretch; null where no judged phase began. */
export function judgedSpan({ phases }: RunRecord): Span | null {
  const judged = phases.filter((phase) => phase.judged);
  const [first, last] = [judged[0], judged.at(-1)];
  return first === undefined || last === undefined ? null : { from: first.from, to: last.to };
}
