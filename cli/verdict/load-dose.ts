// Was the load really sent? What the plan asked for in a phase against what left the generator.
import type { EventOf } from '../../services/contract/events.ts';
import type { RunRecord } from '../metrics/record.ts';
import { arrivals } from '../scenario/arrivals.ts';
import { isOpen } from '../scenario/load.ts';
import type { Load, Scenario } from '../scenario/schema.ts';
import { loadStretch, phaseStretches, type Stretch } from '../scenario/timeline.ts';
import { counted, percent } from './figures.ts';
import { type Finding, inconclusive } from './finding.ts';
import { within } from './sample.ts';

const allowedShortfall = 0.05;

export interface LoadDose {
  readonly phase: string;
  readonly expected: string;
  readonly finding: Finding;
}

/** Per judged phase of the plan, in its order. */
export function loadDoses(record: RunRecord, scenario: Scenario): readonly LoadDose[] {
  const loads = Object.entries(scenario.load);
  const due = loads.flatMap(([name, load]) => dueAts(name, load, scenario));
  return phaseStretches(scenario).map((stretch) => {
    const phase = record.phases.find(({ name }) => name === stretch.phase.name);
    const seen = phase === undefined ? [] : record.requests.filter(({ dueAt }) => within([phase], dueAt));
    const planned = due.filter((at) => within([stretch], at)).length;
    const open = seen.filter(({ load }) => loads.some(([name, spec]) => name === load && isOpen(spec)));
    const waiting = loads.flatMap(([name, load]) => (isOpen(load) || !isOn(load, stretch, scenario) ? [] : [name]));
    const idle = waiting.find((name) => !seen.some(({ load }) => load === name));
    return {
      phase: stretch.phase.name,
      expected: [`${counted(planned, 'arrival')} planned`, ...waiting.map((name) => `${name} as it can`)].join(', '),
      finding: idle === undefined ? compare(planned, open) : inconclusive('none sent', `${idle} sent nothing`),
    };
  });
}

// --- internal ---

function isOn(load: Load, { from, to }: Stretch, scenario: Scenario): boolean {
  const stretch = loadStretch(load, scenario);
  return stretch !== null && stretch.from < to && from < stretch.to;
}

/** ms since the run's start. */
function dueAts(name: string, load: Load, scenario: Scenario): readonly number[] {
  const stretch = loadStretch(load, scenario);
  if (stretch === null || !isOpen(load)) return [];
  const due = arrivals(load, { ...stretch, seed: scenario.seed, name, warmupMs: scenario.warmupMs });
  return [...due].map((at) => stretch.from + at);
}

function compare(planned: number, seen: readonly EventOf<'request'>[]): Finding {
  const sent = seen.filter(({ sentAt }) => sentAt !== null).length;
  const dropped = seen.length - sent;
  const observed = `${sent} sent${dropped > 0 ? `, ${dropped} dropped` : ''}`;
  const missing = planned === 0 ? 0 : 1 - sent / planned;
  // 1 - 475 / 500 is a little more than 0.05 in floating point.
  return missing > allowedShortfall + 1e-9
    ? inconclusive(observed, `${percent(missing)} of ${counted(planned, 'planned arrival')} were not sent`)
    : { standing: 'passed', observed, margin: null };
}
