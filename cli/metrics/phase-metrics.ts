// What became of the arrivals of a stretch of the run.
import type { EventOf, Outcome } from '../../services/contract/events.ts';
import { type Distribution, distributionOf } from './distribution.ts';

export interface PhaseMetrics {
  /** Arrivals due in the stretch that finished or were dropped. */
  readonly planned: number;
  readonly counts: Readonly<Record<Outcome, number>>;
  /** doneAt − dueAt of all that were sent: from the intended time, so that a late send cannot flatter it. */
  readonly duration: Distribution;
  /** sentAt − dueAt: how late the generator was. */
  readonly lateness: Distribution;
}

type Request = EventOf<'request'>;

/** An arrival, or one step of its journey. */
export type Timed = Pick<Request, 'dueAt' | 'sentAt' | 'doneAt' | 'outcome'>;

/** Journals from before journeys know orders only. */
export const isOrder = ({ kind }: Request): boolean => kind !== 'other';

export function metricsOf(requests: readonly Request[]): PhaseMetrics {
  const count = (outcome: Outcome) => requests.filter((request) => request.outcome === outcome).length;
  return {
    planned: requests.length,
    counts: byOutcome(count),
    duration: distributionOf(durationsOf(requests)),
    lateness: distributionOf(latenessOf(requests)),
  };
}

export const durationsOf = (requests: readonly Timed[]): readonly number[] =>
  requests.flatMap(({ sentAt, doneAt, dueAt }) => (sentAt === null ? [] : [doneAt - dueAt]));

export const latenessOf = (requests: readonly Timed[]): readonly number[] =>
  requests.flatMap(({ sentAt, dueAt }) => (sentAt === null ? [] : [sentAt - dueAt]));

export const byOutcome = <T>(value: (outcome: Outcome) => T): Readonly<Record<Outcome, T>> => ({
  success: value('success'),
  declined: value('declined'),
  rejected: value('rejected'),
  failed: value('failed'),
  unknown: value('unknown'),
  dropped: value('dropped'),
});
