// When the arrivals of an open load are due: as its plan says, until a hand sets another rate.
// One arrival at a time, so that a load without an end takes no more room than a short one.
import { plannedArrivals, steadyArrivals } from '../scenario/arrivals.ts';
import type { OpenLoad } from '../scenario/load.ts';
import type { Stretch } from '../scenario/timeline.ts';

export interface Schedule {
  /** When the next arrival is due, ms since the load's start; null: none is to come. */
  next(): number | null;
  /** The next arrival is on its way. */
  take(): void;
  /** Another rate from `at` on, with an arrival at once; what was planned before stays planned. */
  change(at: number, perSecond: number): void;
  /** Arrivals per second. */
  rateAt(at: number): number;
}

export interface ScheduleOptions extends Stretch {
  readonly seed: number;
  /** The load's name. */
  readonly name: string;
  readonly warmupMs: number;
}

export function scheduleOf(load: OpenLoad, options: ScheduleOptions): Schedule {
  const { from, to, seed, name } = options;
  const planned = plannedArrivals(load, options);
  let due = planned.due;
  let rateAt = planned.rateAt;
  let changes = 0;
  let upcoming = due.next();

  return {
    next: () => (upcoming.done === true ? null : upcoming.value),
    take: () => {
      upcoming = due.next();
    },
    change: (at, perSecond) => {
      changes += 1;
      const label = `arrivals ${name} again ${changes}`;
      due = steadyArrivals({ perSecond, arrivals: load.arrivals, from: at, to: to - from, label, seed });
      rateAt = () => perSecond;
      upcoming = due.next();
    },
    rateAt: (at) => rateAt(at),
  };
}
