// The whole result for machines, as it is: of one run an object, of several a list. Its schema is in report-schema.ts.
import type { RunResult } from '../verdict/run-result.ts';
import type { RunSeries } from './run-series.ts';

export function renderJson({ runs }: RunSeries): string {
  const [only] = runs;
  return runs.length === 1 && only !== undefined ? jsonOf(only) : `[${runs.map(jsonOf).join(',\n')}]\n`;
}

// --- internal ---

/** Times are rounded to µs: what is finer is noise of the clock. */
const jsonOf = (result: RunResult): string => `${JSON.stringify(result, rounded, 2)}\n`;

const rounded = (_key: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toFixed(3)) : value;
