// The whole result for machines, as it is.
import type { RunResult } from '../verdict/run-result.ts';

/** Times are rounded to µs: what is finer is noise of the clock. */
export const renderJson = (result: RunResult): string => `${JSON.stringify(result, rounded, 2)}\n`;

const rounded = (_key: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toFixed(3)) : value;
