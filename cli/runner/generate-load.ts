// Starts a load of a scenario by the generator that its executor asks for.
import { isOpen } from '../scenario/load.ts';
import type { Scenario } from '../scenario/schema.ts';
import { loadStretch } from '../scenario/timeline.ts';
import { generateClosedLoad } from './closed-load.ts';
import { generateOpenLoad } from './open-load.ts';
import { scheduleOf } from './schedule.ts';
import type { JourneyOptions } from './walk-journey.ts';

export interface LoadOptions extends Omit<JourneyOptions, 'name' | 'journey'> {
  readonly load: string;
  readonly scenario: Scenario;
  /** No further sends. */
  readonly stop: AbortSignal;
  /** Open loads only: how to set another rate, from when it can be. */
  readonly onBegun: (setRate: (perSecond: number) => number) => void;
}

/** Resolves when every journey that was begun has ended. */
export async function generateLoad({ scenario, ...options }: LoadOptions): Promise<void> {
  const { load: name, seed } = options;
  const load = scenario.load[name];
  const journey = load === undefined ? undefined : scenario.journeys[load.journey];
  const stretch = load === undefined ? null : loadStretch(load, scenario);
  if (load === undefined || journey === undefined || stretch === null) {
    throw new RangeError(`the plan names a load that the scenario does not have: ${name}`);
  }
  const walk = { ...options, name: load.journey, journey };
  if (!isOpen(load)) return generateClosedLoad({ ...walk, vus: load.vus, pauseMs: load.pauseMs });
  const schedule = scheduleOf(load, { ...stretch, seed, name, warmupMs: scenario.warmupMs });
  return generateOpenLoad({ ...walk, schedule, maxInFlight: load.maxInFlight });
}
