// Has a run to be stopped? Asked while it is on, of the events so far: what was answered within the window, and nothing before.
import type { RunEvent } from '../../services/contract/events.ts';
import { foldRun } from '../metrics/fold.ts';
import type { StopCondition } from '../scenario/stop-condition.ts';
import type { Sample } from './sample.ts';
import { evaluate } from './threshold.ts';

export interface MetCondition {
  /** Among the scenario's. */
  readonly index: number;
  readonly condition: StopCondition;
  readonly observed: string;
}

/** The first that holds over its whole window, with as many samples as a threshold needs. `now`: ms since the run's start. */
export function metCondition(
  conditions: readonly StopCondition[],
  events: readonly RunEvent[],
  now: number,
): MetCondition | null {
  for (const [index, condition] of conditions.entries()) {
    const from = now - condition.windowMs;
    if (from < 0) continue;
    const { standing, observed } = evaluate(condition.threshold, answeredWithin(events, from, now));
    if (standing === 'passed') return { index, condition, observed };
  }
  return null;
}

// --- internal ---

function answeredWithin(events: readonly RunEvent[], from: number, to: number): Sample {
  const record = foldRun(events);
  const isIn = (at: number): boolean => at > from && at <= to;
  return {
    requests: record.requests.filter(({ doneAt }) => isIn(doneAt)),
    steps: record.steps.filter(({ doneAt }) => isIn(doneAt)),
    callsOf: (link) => (record.calls.get(link) ?? []).filter(({ end }) => isIn(end)),
    // Whoever named a limit wants it kept, also where the machine is to blame.
    starved: [],
  };
}
