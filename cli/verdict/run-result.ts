// Everything that is shown of a finished run. Every report and the terminal's summary render this and nothing else.
import type { BreakerState, EventOf, Outcome, Window } from '../../services/contract/events.ts';
import type { Policy } from '../../services/contract/policy.ts';
import type { Series } from '../metrics/series.ts';
import type { Dose, Judgement, VerdictWord } from './judgement.ts';

/** All times in ms since the run's start unless a name says otherwise. */
export interface RunResult {
  readonly v: 1;
  readonly run: string;
  readonly scenario: {
    readonly name: string;
    readonly title: string;
    readonly path: string;
    /** As it was run, before `--var` and `--set`. */
    readonly text: string;
  };
  readonly seed: number;
  /** Somebody has changed the system by hand: it proves nothing about the scenario. */
  readonly manual: boolean;
  /** What brings the same run about again. */
  readonly command: string;
  /** Wall clock, ISO 8601. */
  readonly startedAt: string;
  readonly verdict: VerdictWord;
  readonly reason: string;
  readonly durationMs: number;
  readonly judgements: readonly Judgement[];
  readonly phases: readonly PhaseResult[];
  readonly faults: readonly FaultResult[];
  readonly transitions: readonly Transition[];
  /** Every link whose policy the journal tells, in its order. */
  readonly links: readonly LinkResult[];
  /** What charts are drawn from. */
  readonly series: Series;
  /** What happened besides: processes that ended, events that were lost. */
  readonly incidents: readonly Incident[];
  /** By link, for every link that a fault concerned or whose breaker moved. */
  readonly times: Readonly<Record<string, LinkTimes>>;
  readonly runTimes: RunTimes;
  /** Orders due while any breaker of the order service was open: what failing fast bought. null: none was. */
  readonly openLatency: { readonly n: number; readonly p99Ms: number } | null;
  readonly versions: Readonly<Record<string, string>>;
  readonly machine: { readonly platform: string; readonly cpus: number; readonly memoryMb: number } | null;
  readonly notes: readonly string[];
}

export interface PhaseResult {
  readonly name: string;
  readonly judged: boolean;
  readonly from: number;
  readonly to: number;
  readonly planned: number;
  readonly counts: Readonly<Record<Outcome, number>>;
  /** Failed, unknown or dropped. */
  readonly lost: number;
  /** Rejected by a breaker on the way. */
  readonly shortCircuited: number;
  readonly duration: Percentiles;
  readonly lateness: Percentiles;
}

type CallOutcome = EventOf<'call'>['outcome'];

/** ms. */
export interface Percentiles {
  readonly n: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export interface FaultResult extends Dose {
  readonly from: number;
  /** null: never cleared in the record. */
  readonly to: number | null;
}

export interface LinkResult {
  readonly link: string;
  /** In force during the run. */
  readonly policy: Policy;
  /** All of the run, warm-up included; `rejected` by the breaker, `cancelled` by the caller. */
  readonly calls: Readonly<Record<CallOutcome, number>>;
  /** Of the calls that were admitted and not cancelled. */
  readonly duration: Percentiles;
}

export interface Incident {
  readonly at: number;
  readonly what: string;
}

export interface Transition {
  readonly at: number;
  readonly link: string;
  readonly from: BreakerState;
  readonly to: BreakerState;
  readonly cause: string;
  readonly streak: number;
  /** At an opening by the rate rule: what it was decided on. */
  readonly window?: Window;
  readonly error?: string;
}

/** Each is defined in time-definitions.ts; null: there was nothing to measure. */
export interface RunTimes {
  readonly degradedMs: number | null;
  readonly drainMs: number | null;
}

export interface LinkTimes {
  /** From the first failed call under the first fault to the opening. */
  readonly detectMs: number | null;
  /** Calls under way at the opening. */
  readonly overshoot: number | null;
  /** All the time that the breaker was open or half-open. */
  readonly notClosedMs: number;
  /** From the start of the first fault that concerns the link to its breaker's next opening. */
  readonly faultToOpenMs: number | null;
  /** From the end of the last such fault to the closing after which the breaker stayed closed. */
  readonly faultEndToClosedMs: number | null;
}
