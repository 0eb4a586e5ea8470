// What must hold before anything is broken: else a run would show a fault on a system that was not well to begin with.
import type { Scenario } from './schema.ts';
import type { Threshold } from './threshold.ts';
import { faultStretches, phaseStretches } from './timeline.ts';

export interface SteadyState {
  /** When it is asked for, ms since the run's start. */
  readonly at: number;
  readonly thresholds: readonly Threshold[];
}

/** So long before the first fault that to ask does not delay it. */
const leadMs = 100;

type Needed = Pick<Scenario, 'warmupMs' | 'phases' | 'steadyState' | 'expect'>;

/** null: it is off, nothing is broken, or no threshold covers a phase that is over before the first fault. */
export function steadyStateOf(scenario: Needed): SteadyState | null {
  if (scenario.steadyState === 'off') return null;
  const faults = faultStretches(scenario);
  const first = phaseStretches(scenario)[0];
  const firstFault = Math.min(...faults.map(({ from }) => from));
  if (faults.length === 0 || first === undefined || firstFault < first.to) return null;
  const thresholds = baselineThresholds(scenario);
  return thresholds.length === 0 ? null : { at: firstFault - leadMs, thresholds };
}

/** Those that cover the first phase, by name or because they cover all: what "well" means. */
export function baselineThresholds({ expect, phases }: Pick<Scenario, 'expect' | 'phases'>): readonly Threshold[] {
  const name = phases[0]?.name ?? '';
  return expect.thresholds.filter(({ during }) => during.length === 0 || during.includes(name));
}
