// How waiting is shown: one line per process that is ready, with its time.
import type { Paint } from '../report/paint.ts';

export const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;

export function showStarting(say: (line: string) => void, paint: Paint): (process: string) => void {
  const startedAt = performance.now();
  return (process) => say(`  ${paint.ok('✔')} ${process.padEnd(10)} ready ${seconds(performance.now() - startedAt)}`);
}
