// When everything of a scenario begins and ends, ms since the run's start. Plan, checks, drawing and dose all ask here.
import type { Fault } from './fault.ts';
import { msOf } from './fields.ts';
import type { Load, Phase } from './schema.ts';

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface PhaseStretch extends Stretch {
  readonly phase: Phase;
}

export interface FaultStretch extends Stretch {
  /** `<phase>/<n>`, unique in the run. */
  readonly id: string;
  readonly spec: Fault;
}

/** What of a scenario says when things are. */
export interface Timed {
  readonly warmupMs: number;
  readonly phases: readonly Phase[];
}

export function phaseStretches({ warmupMs, phases }: Timed): readonly PhaseStretch[] {
  let from = warmupMs;
  return phases.map((phase) => {
    const stretch = { phase, from, to: from + phase.forMs };
    from = stretch.to;
    return stretch;
  });
}

export const endOf = ({ warmupMs, phases }: Timed): number => phases.reduce((sum, { forMs }) => sum + forMs, warmupMs);

export const faultStretches = (scenario: Timed): readonly FaultStretch[] =>
  phaseStretches(scenario).flatMap(({ phase, from }) =>
    phase.faults.map((spec, index) => {
      const within = windowOf(spec, phase.forMs);
      return { id: `${phase.name}/${index + 1}`, spec, from: from + within.from, to: from + within.to };
    }),
  );

/** ms since the start of a phase that takes `wholeMs`. */
export function windowOf({ after, for: length }: Pick<Fault, 'after' | 'for'>, wholeMs: number): Stretch {
  const from = msOf(after, wholeMs);
  return { from, to: length === undefined ? wholeMs : from + msOf(length, wholeMs) };
}

/** The whole run, or from the first to the last of the phases that it names; null: it names none that is there. */
export function loadStretch(load: Pick<Load, 'during'>, scenario: Timed): Stretch | null {
  const { during } = load;
  if (during === undefined) return { from: 0, to: endOf(scenario) };
  const named = phaseStretches(scenario).filter(({ phase }) => during.includes(phase.name));
  const [first, last] = [named[0], named.at(-1)];
  return first === undefined || last === undefined ? null : { from: first.from, to: last.to };
}
