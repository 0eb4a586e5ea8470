// Thresholds name phases, loads and steps that exist, and the plan must bring enough samples to decide them.
import { plannedIn } from '../arrivals.ts';
import { placesOrders } from '../journey.ts';
import { isOpen } from '../load.ts';
import { unknownWord } from '../nearest.ts';
import { own } from '../own.ts';
import { samplesNeeded } from '../samples-needed.ts';
import { type Metric, parseThreshold, type Threshold } from '../threshold.ts';
import { phaseStretches } from '../timeline.ts';
import type { Finding } from './finding.ts';
import { hasOrders } from './loads.ts';
import type { View } from './view.ts';

export function* checkThresholds(view: View): Generator<Finding> {
  const names = view.phases.map(({ name }) => name).filter((name) => name !== '');
  for (const [index, text] of view.expect.thresholds.entries()) {
    const parsed = parseThreshold(text);
    if (!parsed.ok) continue;
    const path = ['expect', 'thresholds', index];
    const { threshold } = parsed;
    const unknown = [...unknownNames(threshold, names), ...unknownMetric(threshold.metric, view)];
    for (const message of unknown) yield { path, message };
    const tooFew = unknown.length > 0 ? null : shortage(threshold, view);
    if (tooFew !== null) yield { path, message: tooFew };
  }
}

/** Of a load, a journey or a step that is not there. */
export function unknownMetric(metric: Metric, view: View): readonly string[] {
  const { load, journeys } = view;
  switch (metric.of) {
    case 'orders':
      return hasOrders(view) ? [] : ['no load places orders; speak of loads.<load> or steps.<journey>.<step>'];
    case 'loads':
      return Object.hasOwn(load, metric.load) ? [] : [unknownWord('load', metric.load, Object.keys(load))];
    case 'steps': {
      const used = Object.values(load).flatMap((spec) => (spec === null ? [] : [spec.journey]));
      if (!used.includes(metric.journey)) return [unknownWord('journey', metric.journey, used)];
      const steps = own(journeys, metric.journey)?.steps.map(({ name }) => name);
      return steps === undefined || steps.includes(metric.step) ? [] : [unknownWord('step', metric.step, steps)];
    }
    case 'calls':
      return [];
    default:
      return metric satisfies never;
  }
}

// --- internal ---

const unknownNames = ({ during }: Threshold, names: readonly string[]): readonly string[] =>
  during
    .filter((name) => !names.includes(name))
    .map((name) => (name === 'warmup' ? 'the warm-up is not judged; name a phase' : unknownWord('phase', name, names)));

/** null: enough, or nobody can say before the run. */
function shortage(threshold: Threshold, view: View): string | null {
  const most = mostSamples(threshold, view);
  const needed = samplesNeeded(threshold);
  return most === null || most >= needed
    ? null
    : `can never have enough samples: ${most} arrivals are planned and this limit needs ${needed}; make the phase longer, the rate higher or the limit looser`;
}

/** What the plan brings at most; null: unknown. */
function mostSamples({ metric, during }: Threshold, { timed, load, journeys }: View): number | null {
  if (timed === null || metric.of === 'calls' || Object.keys(load).length === 0) return null;
  const stretches = phaseStretches(timed).filter(({ phase }) => during.length === 0 || during.includes(phase.name));
  let sum = 0;
  for (const [name, spec] of Object.entries(load)) {
    const journey = spec === null ? null : own(journeys, spec.journey);
    if (spec === null || journey === null || journey === undefined) return null;
    const isMeant =
      metric.of === 'orders'
        ? placesOrders(journey)
        : metric.of === 'loads'
          ? metric.load === name
          : metric.journey === spec.journey;
    if (!isMeant) continue;
    if (!isOpen(spec)) return null;
    for (const stretch of stretches) sum += plannedIn(spec, stretch, timed);
  }
  return sum;
}
