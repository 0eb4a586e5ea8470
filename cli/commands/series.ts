// What is said of several runs at their end, or of one that was to end as it is known to.
import type { Paint } from '../report/paint.ts';
import { paintFor, shown } from '../report/standing.ts';
import { lineText } from '../report/visible.ts';
import { ms } from '../verdict/figures.ts';
import type { RunResult } from '../verdict/run-result.ts';

export interface SeriesOptions {
  readonly asKnown: boolean;
  /** How many runs there were to be. */
  readonly of: number;
  /** Also of one run. Default false. */
  readonly isTable?: boolean;
}

export interface Outcome {
  readonly result: RunResult;
  /** What differs from the known verdict; null: nothing. */
  readonly difference: string | null;
}

export function seriesLines(
  outcomes: readonly Outcome[],
  { asKnown, of, isTable = false }: SeriesOptions,
  paint: Paint,
): readonly string[] {
  if (of === 1 && !asKnown && !isTable) return [];
  const width = Math.max(0, ...outcomes.map(({ result }) => result.scenario.name.length));
  const lines = outcomes.map(({ result, difference }) => {
    const { verdict, reason, scenario } = result;
    const word = paintFor(verdict, paint)(shown(verdict).padEnd('✔ inconclusive'.length));
    const said = asKnown ? known(difference, paint) : lineText(reason);
    return `  ${scenario.name.padEnd(width)}  ${word}  ${ms(result.durationMs).padStart('12.345 s'.length)}  ${said}`;
  });
  const missing = of - outcomes.length;
  const rest = missing > 0 ? [`  ${missing} of ${of} were not run`] : [];
  return ['', `${outcomes.length} of ${of} scenarios`, ...lines, ...rest];
}

const known = (difference: string | null, paint: Paint): string =>
  difference === null ? paint.ok('as known') : paint.bad(lineText(difference));
