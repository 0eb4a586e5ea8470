// Was the load really sent? What the plan asked for in a phase against what left the generator, arrival by arrival: the run's
// own phases begin some ms beside the plan, so counting by time would lose one at every edge.
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

/** Per judged phase of the plan, in its order; of a playground, which has no end to plan for, none. */
export function loadDoses(record: RunRecord, scenario: Scenario): readonly LoadDose[] {
  if (record.header?.manual === true) return [];
  const loads = Object.entries(scenario.load);
  const due = loads.flatMap(([name, load]) => dueOf(name, load, scenario));
  const requests = new Map(record.requests.map((request) => [keyOf(request), request]));
  return phaseStretches(scenario).map((stretch) => {
    const phase = record.phases.find(({ name }) => name === stretch.phase.name);
    const seen = phase === undefined ? [] : record.requests.filter(({ dueAt }) => within([phase], dueAt));
    const planned = due.filter(({ at }) => within([stretch], at));
    const waiting = loads.flatMap(([name, load]) => (isOpen(load) || !isOn(load, stretch, scenario) ? [] : [name]));
    const idle = waiting.find((name) => !seen.some(({ load }) => load === name));
    return {
      phase: stretch.phase.name,
      expected: [`${counted(planned.length, 'arrival')} planned`, ...waiting.map((name) => `${name} as it can`)].join(
        ', ',
      ),
      finding:
        idle === undefined
          ? compare(planned.map((arrival) => requests.get(keyOf(arrival))))
          : inconclusive('none sent', `${idle} sent nothing`),
    };
  });
}

// --- internal ---

function isOn(load: Load, { from, to }: Stretch, scenario: Scenario): boolean {
  const stretch = loadStretch(load, scenario);
  return stretch !== null && stretch.from < to && from < stretch.to;
}

interface Planned {
  readonly load: string;
  readonly index: number;
  /** ms since the run's start. */
  readonly at: number;
}

const keyOf = ({ load, index }: Pick<Planned, 'load' | 'index'>): string => `${index} ${load}`;

function dueOf(load: string, spec: Load, scenario: Scenario): readonly Planned[] {
  const stretch = loadStretch(spec, scenario);
  if (stretch === null || !isOpen(spec)) return [];
  const due = arrivals(spec, { ...stretch, seed: scenario.seed, name: load, warmupMs: scenario.warmupMs });
  return Array.from(due, (at, index) => ({ load, index, at: stretch.from + at }));
}

/** `requests`: of each planned arrival; undefined: there is no word of it. */
function compare(requests: readonly (EventOf<'request'> | undefined)[]): Finding {
  const planned = requests.length;
  const dropped = requests.filter((request) => request?.sentAt === null).length;
  const sent = requests.filter((request) => request !== undefined).length - dropped;
  const observed = `${sent} sent${dropped > 0 ? `, ${dropped} dropped` : ''}`;
  const missing = planned === 0 ? 0 : 1 - sent / planned;
  // 1 - 475 / 500 is a little more than 0.05 in floating point.
  return missing > allowedShortfall + 1e-9
    ? inconclusive(observed, `${percent(missing)} of ${counted(planned, 'planned arrival')} were not sent`)
    : { standing: 'passed', observed, margin: null };
}
