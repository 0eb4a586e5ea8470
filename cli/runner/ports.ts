// What the runner needs of the world, named by role. Adapters live in cli/fleet; tests bring fakes.
import type { ServiceEvent } from '../../services/contract/events.ts';
import type { Policy } from '../../services/contract/policy.ts';
import type { Fault } from '../scenario/fault.ts';
import type { Data } from '../scenario/journey.ts';

/** The customers' door. Never throws: whatever happens to a request is an answer. */
export interface Target {
  send(request: CustomerRequest, signal: AbortSignal): Promise<Answer>;
}

export interface CustomerRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Idempotency key, `<run>-<load>-<index>`. */
  readonly key: string;
  /** `<load>/<index>`. */
  readonly arrival: string;
}

export interface Answer {
  /** null: no answer. */
  readonly status: number | null;
  /** The parsed body, where it is JSON. */
  readonly body?: unknown;
  /** The problem's code, where the answer was a problem. */
  readonly code?: string | undefined;
  readonly order?: string | undefined;
  /** Why there was no answer. `refused`: nothing was sent. */
  readonly error?: 'refused' | 'timeout' | 'reset' | 'cancelled' | 'other';
}

/** Breaking and mending. An undo is in the keeper's hands before anything is broken. */
export interface Faults {
  set(fault: string, spec: Fault, ttlMs: number): Promise<void>;
  clear(fault: string): Promise<void>;
}

/** Getting a fleet ready for a run. */
export interface Stage {
  /** Puts these policies in force, by link, and closes every breaker; undone when the run lets go of the fleet. */
  applyPolicies(policies: Readonly<Record<string, Policy>>): Promise<void>;
  /** Makes the run's own users and items. */
  createData(run: string, data: Data): Promise<RunData>;
}

export interface RunData {
  readonly userIds: readonly string[];
  readonly itemIds: readonly string[];
}

/** One service's events and clock. */
export interface EventSource {
  readonly service: string;
  /** Until the stream ends or `signal` aborts. `after`: with the events after that seq, where the service still has them. */
  stream(listener: StreamListener, options: { readonly after?: number; readonly signal: AbortSignal }): Promise<void>;
  /** The service first sends all it has made so far. */
  clock(): Promise<SourceClock>;
}

export interface StreamListener {
  hello(clock: SourceClock): void;
  events(batch: readonly ServiceEvent[]): void;
}

/** `now`: the service's CLOCK_MONOTONIC, ms; `seq`: of its last event. */
export interface SourceClock {
  readonly src: string;
  readonly now: number;
  readonly seq: number;
}

/** What goes wrong with the fleet while a run is on. */
export interface Watch {
  onExit(listener: (exit: ProcessExit) => void): void;
  onHand(listener: (hand: ByHand) => void): void;
  /** Somebody wants another rate of a load; what the listener throws is what they are told. */
  onRate(listener: (change: RateChange) => void): void;
  /** Resolves with a sentence when the fleet itself is lost. */
  readonly lost: Promise<string>;
}

/** What somebody does by hand to the fleet of a run. `fault`: `hand/<n>`. */
export type ByHand =
  | {
      readonly change: 'set';
      readonly fault: string;
      readonly kind: string;
      readonly target: string;
      readonly dose: string;
      readonly ttlMs: number;
    }
  | { readonly change: 'cleared'; readonly fault: string }
  /** `auto`: it does as its policy says again. */
  | { readonly change: 'breaker'; readonly link: string; readonly to: 'open' | 'closed' | 'disabled' | 'auto' }
  /** Everything of the run's is being undone. */
  | { readonly change: 'reset' };

export interface RateChange {
  readonly load: string;
  /** From now on. */
  readonly perSecond: number;
}

export interface ProcessExit {
  readonly process: string;
  readonly code: number | null;
  readonly signal: string | null;
}
