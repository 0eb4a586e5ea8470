// What a report is of: the runs of one command, of which there is most often one.
import type { RunResult } from '../verdict/run-result.ts';

export interface RunSeries {
  readonly runs: readonly RunResult[];
  /** Names of scenarios that were to be run, and were not. */
  readonly notRun: readonly string[];
}

export const onlyRun = (run: RunResult): RunSeries => ({ runs: [run], notRun: [] });

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
}

/** The runs with names of their own: the second of the same suite is `payment-outage (run 2)`. */
export function numbered(runs: readonly RunResult[]): readonly NumberedRun[] {
  const names = runs.map(suiteName);
  return runs.map((run, index) => {
    const name = names[index] ?? '';
    if (names.indexOf(name) === names.lastIndexOf(name)) return { run, suite: name, repetition: null };
    const repetition = names.slice(0, index + 1).filter((other) => other === name).length;
    return { run, suite: `${name} (run ${repetition})`, repetition };
  });
}
