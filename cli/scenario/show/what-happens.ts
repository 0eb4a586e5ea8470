// The course of a scenario in words: the load, then phase by phase what is broken.
import type { Phase, Scenario } from '../schema.ts';
import { steadyStateOf } from '../steady-state.ts';
import { type FaultStretch, faultStretches, phaseStretches } from '../timeline.ts';
import { faultWords } from './fault-words.ts';
import { loadWords } from './load-words.ts';
import { capitalised, listed, moment, spoken } from './spoken.ts';

export interface Told {
  readonly text: string;
  /** Under the one before it. */
  readonly isInner?: boolean;
}

export function whatHappens(scenario: Scenario): readonly Told[] {
  const { warmupMs, load } = scenario;
  const faults = faultStretches(scenario);
  const warmup =
    warmupMs === 0
      ? 'There is no warm-up: what happens is judged from the first moment on.'
      : `Warm-up, from 0 s to ${moment(warmupMs)}: the load alone. Nothing of it is judged.`;
  return [
    ...Object.entries(load).map(([name, spec]) => ({ text: loadWords(name, spec, scenario) })),
    { text: warmup },
    ...steadyWords(scenario),
    ...phaseStretches(scenario).flatMap(({ phase, from, to }) => {
      const head = `Phase ${phase.name}, from ${moment(from)} to ${moment(to)}`;
      const own = faults.filter(({ id }) => id.slice(0, id.lastIndexOf('/')) === phase.name);
      if (own.length === 0) return [{ text: `${head}: nothing is broken.` }];
      return [
        { text: `${head}:` },
        ...own.map((fault) => ({
          text: `${capitalised(faultWords(fault.spec))}${whileWords(fault, phase)}.`,
          isInner: true,
        })),
      ];
    }),
    ...scenario.stopConditions.map(({ text }) => ({
      text: `The run is stopped, and everything undone, when ${text}.`,
    })),
  ];
}

// --- internal ---

function steadyWords(scenario: Scenario): readonly Told[] {
  const steady = steadyStateOf(scenario);
  if (steady === null) return [];
  const promised = listed(steady.thresholds.map(({ text }) => text));
  return [{ text: `Nothing is broken unless ${promised} (asked at ${moment(steady.at)}).` }];
}

/** Nothing where it lasts as long as its phase. */
function whileWords({ from, to }: FaultStretch, { forMs }: Phase): string {
  const isWhole = Math.abs(to - from - forMs) < 1;
  return isWhole ? '' : `, from ${moment(from)} to ${moment(to)} (${spoken(to - from)})`;
}
