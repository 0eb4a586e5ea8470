// A run as folded from its events: what verdict and reports read. Only what was seen, no judgement.
import type { EventOf } from '../../services/contract/events.ts';
import type { Hole } from './holes.ts';
import type { PhaseMetrics } from './phase-metrics.ts';
import type { Series } from './series.ts';

export interface PhaseRecord {
  readonly name: string;
  readonly judged: boolean;
  readonly from: number;
  /** Where the next phase starts; of the last, its end or that of the record. Phases leave no hole between them. */
  readonly to: number;
  readonly metrics: PhaseMetrics;
}

export interface FaultSpan {
  readonly fault: string;
  readonly kind: string;
  /** A link id or a service. */
  readonly target: string;
  readonly dose: string;
  readonly by: 'plan' | 'hand';
  readonly from: number;
  /** null: the record has no end of it. */
  readonly to: number | null;
}

export type StepRecord = Pick<EventOf<'step'>, 'journey' | 'step' | 'dueAt' | 'sentAt' | 'doneAt' | 'outcome'>;

/** Events by link, in the order of `at`; those of one source keep their own order. */
export type ByLink<T extends 'call' | 'arrival' | 'breaker'> = ReadonlyMap<string, readonly EventOf<T>[]>;

export interface RunRecord {
  /** null: the journal has no `run.started`. */
  readonly header: EventOf<'run.started'> | null;
  readonly phases: readonly PhaseRecord[];
  readonly faults: readonly FaultSpan[];
  readonly requests: readonly EventOf<'request'>[];
  readonly series: Series;
  /** Answered steps of all journeys, those of one step included. */
  readonly steps: readonly StepRecord[];
  readonly calls: ByLink<'call'>;
  readonly arrivals: ByLink<'arrival'>;
  readonly breakers: ByLink<'breaker'>;
  readonly observed: readonly EventOf<'fault.observed'>[];
  /** What people did, other than faults. */
  readonly hands: readonly EventOf<'hand'>[];
  readonly exits: readonly EventOf<'process'>[];
  readonly gaps: readonly EventOf<'gap'>[];
  /** Sequence numbers that no line of the journal has. */
  readonly holes: readonly Hole[];
  readonly clocks: readonly EventOf<'clock'>[];
  readonly stalls: readonly EventOf<'stall'>[];
  readonly ticks: readonly EventOf<'load.tick'>[];
  /** null: cut off. */
  readonly ended: EventOf<'run.ended'> | null;
  /** `at` of the last event. */
  readonly endAt: number;
}
