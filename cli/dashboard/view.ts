// What the dashboard shows of a run at one moment: plain data, folded from the run's events. All times in ms since its start.
import type { BreakerState, CallFailure, EventOf, Outcome, Window } from '../../services/contract/events.ts';
import type { Policy } from '../../services/contract/policy.ts';
import type { LinkId } from '../../services/fleet.ts';

export interface View {
  /** The moment that is shown. */
  readonly now: number;
  /** null: a fleet without a run, or the events of its start are not there. */
  readonly run: RunHead | null;
  /** Planned and gone. */
  readonly phases: readonly PhaseView[];
  /** Planned, on and gone; by hand, too. */
  readonly faults: readonly FaultView[];
  readonly links: readonly LinkView[];
  /** Finished arrivals by the second of their end; a second without any is left out. */
  readonly seconds: readonly Second<Outcome>[];
  readonly totals: Tally;
  readonly loads: readonly LoadView[];
  readonly log: readonly LogEntry[];
  /** What a person did to the run: then it can promise nothing. */
  readonly manual: readonly string[];
  readonly ended: { readonly at: number; readonly reason: string } | null;
}

export interface RunHead {
  readonly run: string;
  readonly scenario: string;
  readonly title: string;
  readonly seed: number;
  readonly fleet: string;
  /** null: it is a playground, or the scenario in the journal cannot be read. */
  readonly plannedEndMs: number | null;
}

export interface PhaseView {
  readonly name: string;
  readonly judged: boolean;
  /** As seen, or as planned while `isPlanned`. */
  readonly from: number;
  readonly to: number;
  readonly state: 'planned' | 'on' | 'gone';
  readonly tally: Tally;
}

export interface FaultView {
  readonly fault: string;
  /** A link id or a service. */
  readonly target: string;
  readonly dose: string;
  readonly by: 'plan' | 'hand';
  readonly from: number;
  /** null: on, and nothing says until when. */
  readonly to: number | null;
  readonly state: 'planned' | 'on' | 'gone';
}

/** Arrivals of a stretch, as the report counts them. Percentiles within 1 %. */
export interface Tally {
  readonly planned: number;
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly p50: number | null;
  readonly p99: number | null;
}

export const callOutcomes = ['success', 'failure', 'rejected', 'cancelled'] as const;
export type CallOutcome = (typeof callOutcomes)[number];

export interface LinkView {
  readonly id: LinkId;
  readonly caller: string;
  readonly callee: string;
  readonly policy: Policy;
  /** null: the link has no breaker. */
  readonly breaker: BreakerView | null;
  /** The last whole second; null: nothing came. */
  readonly last: Second<CallOutcome> | null;
  readonly seconds: readonly Second<CallOutcome>[];
  /** The newest last. */
  readonly calls: readonly CallView[];
  readonly transitions: readonly TransitionView[];
}

export interface BreakerView {
  readonly state: BreakerState;
  /** null: since before the first event. */
  readonly since: number | null;
  readonly cause: string | null;
  readonly streak: number;
  /** What a rate rule has in view, to a second. */
  readonly window: Window | null;
  /** While open: when it will let a probe through. */
  readonly probesAt: number | null;
  /** As a person set it, e.g. `forced open`. */
  readonly byHand: string | null;
  readonly opens: number;
}

export interface CallView {
  readonly at: number;
  readonly operation: string;
  readonly ms: number;
  readonly outcome: CallOutcome;
  readonly state: BreakerState;
  readonly status: number | null;
  readonly failure: CallFailure | null;
}

export type TransitionView = Pick<EventOf<'breaker'>, 'at' | 'from' | 'to'> & { readonly cause: string };

export interface Slice {
  readonly n: number;
  /** null: nothing that took time. */
  readonly p50: number | null;
  readonly p99: number | null;
}

export interface Second<K extends string> {
  /** Whole seconds since the run's start. */
  readonly second: number;
  readonly all: Slice;
  readonly by: Readonly<Record<K, Slice>>;
}

export interface LoadView {
  readonly load: string;
  /** As the scenario or a person set it; null: it has none. */
  readonly perSecond: number | null;
  readonly planned: number;
  readonly sent: number;
  readonly dropped: number;
  readonly inFlight: number;
  /** How late the generator was in the last second, ms. */
  readonly latenessP99: number;
}

export type Tone = 'plain' | 'ok' | 'bad' | 'warn' | 'dim' | 'bold' | 'accent' | 'select';

export interface LogEntry {
  readonly at: number;
  readonly text: string;
  readonly tone: Tone;
}
