// What a service counts of itself: its own events, so that metrics cannot tell another story than the journal does,
// and the requests that it served. Pure.
import type { ServiceEvent, Unstamped } from '../contract/events.ts';
import { linkIds } from '../fleet.ts';
import { beyondLimit, createTally, type Tally } from './tally.ts';

/** A request that was answered, or whose client left before it was (status 499, as nginx has it). */
export interface Served {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** Each with the order of its label values; `metrics-registry.ts` names them. */
export interface Tallies {
  /** method, route, status */
  readonly requests: Tally;
  /** link, operation, outcome, failure */
  readonly calls: Tally;
  /** link, outcome */
  readonly callDurations: Tally;
  /** link, from, to */
  readonly transitions: Tally;
  /** link, operation */
  readonly arrivals: Tally;
  /** operation */
  readonly failpointHits: Tally;
}

/** The bounds that OpenTelemetry recommends for durations of requests, s. */
export const durationBounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

export const createTallies = (): Tallies => ({
  requests: createTally({ bounds: durationBounds }),
  calls: createTally(),
  callDurations: createTally({ bounds: durationBounds }),
  transitions: createTally(),
  arrivals: createTally(),
  failpointHits: createTally(),
});

export const countServed = ({ requests }: Tallies, { method, route, status, seconds }: Served): void =>
  requests.add([method, route, String(status)], seconds);

const links = new Set<string>(linkIds);

export function countEvent(tallies: Tallies, event: Unstamped<ServiceEvent>): void {
  switch (event.type) {
    case 'call': {
      const { link, operation, outcome, failure = '', admitted, start, end } = event;
      tallies.calls.add([link, operation, outcome, failure]);
      if (admitted) tallies.callDurations.add([link, outcome], (end - start) / 1_000);
      return;
    }
    case 'breaker':
      tallies.transitions.add([event.link, event.from, event.to]);
      return;
    case 'arrival':
      // The name comes from whoever calls.
      tallies.arrivals.add([links.has(event.link) ? event.link : beyondLimit, event.operation]);
      return;
    case 'fault.observed':
      tallies.failpointHits.add([event.operation]);
      return;
    case 'stall':
      return;
    default:
      event satisfies never;
  }
}
