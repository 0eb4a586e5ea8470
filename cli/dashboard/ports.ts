// What the dashboard is given: events to fold and hands to act with. It knows neither sockets nor files.
import type { RunEvent } from '../../services/contract/events.ts';
import type { LinkId, ServiceName } from '../../services/fleet.ts';

/** The events of one run, in the journal's order. */
export interface EventFeed {
  /** What has been so far comes at once, in one batch or several; then what comes. Returns how to leave. */
  readonly subscribe: (listener: (events: readonly RunEvent[]) => void) => () => void;
  /** Resolves when nothing more can come, with the reason where that is no normal end. */
  readonly ended: Promise<string | null>;
}

/** `auto`: as its policy says, closed at first. `disabled`: lets everything through and counts nothing. */
export const forcedStates = ['open', 'closed', 'disabled', 'auto'] as const;
export type ForcedState = (typeof forcedStates)[number];

/** What a person may do to the running system. Each throws an Error whose message can be shown as it is. */
export interface Hands {
  /** `fault`: as an entry of a scenario's `faults`, e.g. `{ type: 'latency', link: 'order->payment', latency: '3s' }`. */
  readonly addFault: (fault: Readonly<Record<string, unknown>>, ttlMs: number) => Promise<void>;
  /** By its id in `fault.set`. */
  readonly clearFault: (fault: string) => Promise<void>;
  readonly force: (link: LinkId, to: ForcedState) => Promise<void>;
  /** From now on this many arrivals a second. */
  readonly setRate: (load: string, perSecond: number) => Promise<void>;
}

export interface ServiceDetail {
  readonly service: ServiceName;
  /** null: it does not run. */
  readonly pid: number | null;
  readonly memoryMb: number | null;
  readonly cpuPercent: number | null;
  readonly upForMs: number | null;
  /** The last lines of its log. */
  readonly log: readonly string[];
}
export type Inspect = (service: ServiceName) => Promise<ServiceDetail>;
