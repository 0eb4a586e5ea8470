// What a report is of: the runs of one command, of which there is most often one.
import type { RunResult } from '../verdict/run-result.ts';

export interface RunSeries {
  readonly runs: readonly RunResult[];
  /** Names of scenarios that were to be run, and were not. */
  readonly notRun: readonly string[];
  /** Of `--known`, run by run: what differs from how it is known to end; null: nothing. Absent: nobody asked. */
  readonly differences?: readonly (string | null)[];
}

/** `difference`: as in `differences`. */
export const onlyRun = (run: RunResult, difference?: string | null): RunSeries => ({
  runs: [run],
  notRun: [],
  ...(difference === undefined ? {} : { differences: [difference] }),
});

/** `payment-outage --set phases.outage.for=5s`: what tells two runs of one scenario apart. */
export function suiteName({ scenario }: RunResult): string {
  const { name, vars, set } = scenario;
  const changes = [
    ...Object.entries(vars).map(([key, value]) => `--var ${key}=${value}`),
    ...set.map((change) => `--set ${change}`),
  ];
  return [name, ...changes].join(' ');
}

export interface NumberedRun {
  readonly run: RunResult;
  /** Unique in the series. */
  readonly suite: string;
  /** From 1, among those of the same suite; null: there is but one. */
  readonly repetition: number | null;
  /** From how it is known to end; null: none; undefined: nobody asked. */
  readonly difference: string | null | undefined;
}

/** It did not pass, and nobody expected it to: no news, and no alarm. */
export const isAsKnown = ({ run, difference }: Pick<NumberedRun, 'run' | 'difference'>): boolean =>
  difference === null && run.verdict !== 'passed';

/** The runs with names of their own: the second of the same suite is `payment-outage (run 2)`. */
export function numbered({ runs, differences }: Pick<RunSeries, 'runs' | 'differences'>): readonly NumberedRun[] {
  const names = runs.map(suiteName);
  return runs.map((run, index) => {
    const name = names[index] ?? '';
    const difference = differences?.[index];
    if (names.indexOf(name) === names.lastIndexOf(name)) return { run, suite: name, repetition: null, difference };
    const repetition = names.slice(0, index + 1).filter((other) => other === name).length;
    return { run, suite: `${name} (run ${repetition})`, repetition, difference };
  });
}
