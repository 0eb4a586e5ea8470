// What a run will do and when, computed before anything runs: printable, testable, and all that the runner walks.
import type { Fault } from './fault.ts';
import type { Scenario } from './schema.ts';
import { steadyStateOf } from './steady-state.ts';
import { endOf, faultStretches, loadStretch, phaseStretches } from './timeline.ts';

/** `at`: ms since the run's start. */
export type Step =
  | { readonly at: number; readonly do: 'clear-fault'; readonly fault: string }
  | { readonly at: number; readonly do: 'end-phase'; readonly phase: string }
  | { readonly at: number; readonly do: 'stop-load'; readonly load: string }
  | { readonly at: number; readonly do: 'start-phase'; readonly phase: string; readonly judged: boolean }
  | { readonly at: number; readonly do: 'start-load'; readonly load: string }
  /** The thresholds that must hold for anything to be broken, as written. */
  | { readonly at: number; readonly do: 'check-steady-state'; readonly thresholds: readonly string[] }
  | {
      readonly at: number;
      readonly do: 'set-fault';
      readonly fault: string;
      readonly spec: Fault;
      readonly ttlMs: number;
    }
  | { readonly at: number; readonly do: 'end' };

export const warmupPhase = 'warmup';

/** A fault outlives its time by this much at most, should nobody be left to clear it. */
const ttlMarginMs = 5_000;

/** The order of what happens at one instant. */
const rank: Readonly<Record<Step['do'], number>> = {
  'clear-fault': 0,
  'end-phase': 1,
  'stop-load': 2,
  'start-phase': 3,
  'start-load': 4,
  'check-steady-state': 5,
  'set-fault': 6,
  end: 7,
};

export function plan(scenario: Scenario): readonly Step[] {
  const { warmupMs, load } = scenario;
  const steps: Step[] = [{ at: endOf(scenario), do: 'end' }];
  for (const [name, spec] of Object.entries(load)) {
    const stretch = loadStretch(spec, scenario);
    if (stretch === null) continue;
    steps.push({ at: stretch.from, do: 'start-load', load: name }, { at: stretch.to, do: 'stop-load', load: name });
  }
  if (warmupMs > 0) {
    steps.push({ at: 0, do: 'start-phase', phase: warmupPhase, judged: false });
    steps.push({ at: warmupMs, do: 'end-phase', phase: warmupPhase });
  }
  for (const { phase, from, to } of phaseStretches(scenario)) {
    steps.push({ at: from, do: 'start-phase', phase: phase.name, judged: true });
    steps.push({ at: to, do: 'end-phase', phase: phase.name });
  }
  const steady = steadyStateOf(scenario);
  if (steady !== null) {
    const thresholds = steady.thresholds.map(({ text }) => text);
    steps.push({ at: steady.at, do: 'check-steady-state', thresholds });
  }
  for (const { id: fault, spec, from, to } of faultStretches(scenario)) {
    steps.push({ at: from, do: 'set-fault', fault, spec, ttlMs: to - from + ttlMarginMs });
    steps.push({ at: to, do: 'clear-fault', fault });
  }
  return steps.sort((a, b) => a.at - b.at || rank[a.do] - rank[b.do]);
}
