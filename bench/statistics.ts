// Few figures in, few figures out: what a series of measurements says.
import { medianOf } from '../cli/metrics/distribution.ts';

/** In the unit of the values; null where there are none. */
export interface Spread {
  readonly n: number;
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** The median is the nearest rank: one of the values. */
export function spreadOf(values: readonly number[]): Spread | null {
  if (values.length === 0) return null;
  return { n: values.length, median: medianOf(values), min: Math.min(...values), max: Math.max(...values) };
}

/** `median 812 ms, min 790, max 901 (n 7)`. */
export function spreadText(spread: Spread | null, unit: string, digits = 0): string {
  if (spread === null) return 'none';
  const [median, min, max] = [spread.median, spread.min, spread.max].map((value) => value.toFixed(digits));
  return `median ${median}${unit === '' ? '' : ` ${unit}`}, min ${min}, max ${max} (n ${spread.n})`;
}
