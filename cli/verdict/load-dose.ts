// Was the load really sent? What the plan asked for in a phase against what left the generator.
import type { PhaseRecord, RunRecord } from '../metrics/record.ts';
import { arrivals } from '../scenario/arrivals.ts';
import type { Scenario } from '../scenario/schema.ts';
import { counted, percent } from './figures.ts';
import { type Finding, inconclusive } from './finding.ts';

const allowedShortfall = 0.05;

/** Per judged phase of the plan, in its order. */
export function loadDoses(
  record: RunRecord,
  scenario: Scenario,
): readonly { readonly phase: string; readonly planned: number; readonly finding: Finding }[] {
  const due = plannedArrivals(scenario);
  let from = scenario.warmupMs;
  return scenario.phases.map(({ name, forMs }) => {
    const [start, end] = [from, from + forMs];
    from = end;
    const planned = due.filter((at) => at >= start && at < end).length;
    const phase = record.phases.find((candidate) => candidate.name === name);
    return { phase: name, planned, finding: compare(planned, phase) };
  });
}

// --- internal ---

function plannedArrivals({ load, seed, warmupMs, phases }: Scenario): readonly number[] {
  const durationMs = phases.reduce((sum, { forMs }) => sum + forMs, warmupMs);
  return Object.entries(load).flatMap(([name, spec]) => [...arrivals(spec, { seed, name, durationMs })]);
}

function compare(planned: number, phase: PhaseRecord | undefined): Finding {
  const sent = phase === undefined ? 0 : phase.metrics.planned - phase.metrics.counts.dropped;
  const dropped = phase?.metrics.counts.dropped ?? 0;
  const observed = `${sent} sent${dropped > 0 ? `, ${dropped} dropped` : ''}`;
  const missing = planned === 0 ? 0 : 1 - sent / planned;
  // 1 - 475 / 500 is a little more than 0.05 in floating point.
  return missing > allowedShortfall + 1e-9
    ? inconclusive(observed, `${percent(missing)} of ${counted(planned, 'planned order')} were not sent`)
    : { standing: 'passed', observed, margin: null };
}
