// What a run will do and when, computed before anything runs: printable, testable, and all that the runner walks.
import type { Fault } from './fault.ts';
import type { Scenario } from './schema.ts';

/** `at`: ms since the run's start. */
export type Step =
  | { readonly at: number; readonly do: 'clear-fault'; readonly fault: string }
  | { readonly at: number; readonly do: 'end-phase'; readonly phase: string }
  | { readonly at: number; readonly do: 'stop-load'; readonly load: string }
  | { readonly at: number; readonly do: 'start-phase'; readonly phase: string; readonly judged: boolean }
  | { readonly at: number; readonly do: 'start-load'; readonly load: string }
  | {
      readonly at: number;
      readonly do: 'set-fault';
      readonly fault: string;
      readonly spec: Fault;
      readonly ttlMs: number;
    }
  | { readonly at: number; readonly do: 'end' };

export const warmupPhase = 'warmup';

/** A fault outlives its phase by this much at most, should nobody be left to clear it. */
const ttlMarginMs = 5_000;

/** The order of what happens at one instant. */
const rank: Readonly<Record<Step['do'], number>> = {
  'clear-fault': 0,
  'end-phase': 1,
  'stop-load': 2,
  'start-phase': 3,
  'start-load': 4,
  'set-fault': 5,
  end: 6,
};

export function plan({ warmupMs, phases, load }: Scenario): readonly Step[] {
  const judgedMs = phases.reduce((sum, { forMs }) => sum + forMs, 0);
  const endAt = warmupMs + judgedMs;
  const steps: Step[] = [{ at: endAt, do: 'end' }];
  for (const name of Object.keys(load)) {
    steps.push({ at: 0, do: 'start-load', load: name }, { at: endAt, do: 'stop-load', load: name });
  }
  if (warmupMs > 0) {
    steps.push({ at: 0, do: 'start-phase', phase: warmupPhase, judged: false });
    steps.push({ at: warmupMs, do: 'end-phase', phase: warmupPhase });
  }
  let start = warmupMs;
  for (const { name, forMs, faults } of phases) {
    const end = start + forMs;
    steps.push({ at: start, do: 'start-phase', phase: name, judged: true }, { at: end, do: 'end-phase', phase: name });
    for (const [index, spec] of faults.entries()) {
      const fault = `${name}/${index + 1}`;
      steps.push({ at: start, do: 'set-fault', fault, spec, ttlMs: forMs + ttlMarginMs });
      steps.push({ at: end, do: 'clear-fault', fault });
    }
    start = end;
  }
  return steps.sort((a, b) => a.at - b.at || rank[a.do] - rank[b.do]);
}
