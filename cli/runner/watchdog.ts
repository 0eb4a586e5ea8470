// Watches a run while it is on: stops it before the first fault where all is not well, and later where a stop condition is met.
import type { RunEvent } from '../../services/contract/events.ts';
import type { Position, Positions } from '../scenario/position.ts';
import type { Scenario } from '../scenario/schema.ts';
import { steadyStateOf } from '../scenario/steady-state.ts';
import { askedEveryMs } from '../scenario/stop-condition.ts';
import type { Threshold } from '../scenario/threshold.ts';
import { brokenSteadyState } from '../verdict/steady-state.ts';
import { metCondition } from '../verdict/stop-conditions.ts';
import type { Clock } from './clock.ts';

export interface Watchdog {
  /** Of every event of the run. */
  see(event: RunEvent): void;
  /** null: all is well, or nobody asked. Else why no fault may be set. */
  unsteady(): string | null;
  /** Asks each second, until `signal` aborts; tells the reason once a condition is met. */
  watch(stop: (why: string) => void, signal: AbortSignal): Promise<void>;
}

export interface Watched {
  readonly scenario: Scenario;
  /** The scenario's file. */
  readonly path: string;
  readonly positions: Positions;
  readonly clock: Clock;
  /** ms since the run's start. */
  readonly now: () => number;
}

export function createWatchdog({ scenario, path, positions, clock, now }: Watched): Watchdog {
  const { stopConditions: conditions } = scenario;
  const steady = steadyStateOf(scenario);
  const longestMs = Math.max(0, ...conditions.map(({ windowMs }) => windowMs));
  const place = (position: Position | undefined): string =>
    position === undefined ? path : `${path}:${position.line}`;
  let kept: RunEvent[] = [];
  let isBeforeFault = steady !== null;
  const needed = typesFor([...(steady?.thresholds ?? []), ...conditions.map(({ threshold }) => threshold)]);

  return {
    see: (event) => {
      if ((isBeforeFault || longestMs > 0) && needed.has(event.type)) kept.push(event);
    },
    unsteady: () => {
      if (steady === null) return null;
      const broken = brokenSteadyState(steady.thresholds, kept);
      isBeforeFault = false;
      kept = kept.filter(({ at }) => at > now() - longestMs);
      if (broken === null) return null;
      const index = scenario.expect.thresholds.indexOf(broken.threshold);
      const where = place(positions.get(`expect.thresholds[${index}]`));
      return `no steady state before the first fault: ${where}: ${broken.threshold.text}, and it was ${broken.observed}`;
    },
    watch: async (stop, signal) => {
      if (conditions.length === 0) return;
      try {
        while (!signal.aborted) {
          await clock.sleep(askedEveryMs, signal);
          if (!isBeforeFault) kept = kept.filter(({ at }) => at > now() - longestMs);
          const met = metCondition(conditions, kept, now());
          if (met === null) continue;
          const where = place(positions.get(`stopConditions[${met.index}]`));
          return stop(`stop condition ${where}: ${met.condition.text}, and it was ${met.observed}`);
        }
      } catch {
        // The run is over.
      }
    },
  };
}

// --- internal ---

/** No more than what is asked about: a run has ten calls to a request, and the load must not wait for a fold. */
function typesFor(thresholds: readonly Threshold[]): ReadonlySet<RunEvent['type']> {
  const asked = new Set(thresholds.map(({ metric }) => metric.of));
  return new Set<RunEvent['type']>([
    'phase',
    'request',
    ...(asked.has('steps') ? (['step'] as const) : []),
    ...(asked.has('calls') ? (['call'] as const) : []),
  ]);
}
