// Was all well before the first fault? Asked while the run is on, of the events so far.
import type { RunEvent } from '../../services/contract/events.ts';
import { foldRun } from '../metrics/fold.ts';
import type { Threshold } from '../scenario/threshold.ts';
import { sampleOf } from './sample.ts';
import { evaluate } from './threshold.ts';

export interface Unsteady {
  readonly threshold: Threshold;
  readonly observed: string;
}

/** The first that is broken; null: none is. What nobody can tell yet is left to the verdict. */
export function brokenSteadyState(thresholds: readonly Threshold[], events: readonly RunEvent[]): Unsteady | null {
  const record = foldRun(events);
  const phases = record.phases.filter(({ judged }) => judged);
  for (const threshold of thresholds) {
    const { during } = threshold;
    const spans = phases.filter(({ name }) => during.length === 0 || during.includes(name));
    const { standing, observed } = evaluate(threshold, sampleOf(record, spans));
    if (standing === 'failed') return { threshold, observed };
  }
  return null;
}
