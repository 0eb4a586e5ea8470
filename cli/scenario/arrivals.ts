// When every arrival of a load is due, fixed before the run: an open model never waits for answers.
import { hash, random } from './random.ts';
import type { Load } from './schema.ts';

interface Window {
  readonly seed: number;
  /** The load's name: two loads of one scenario do not arrive in step. */
  readonly name: string;
  readonly durationMs: number;
}

/** ms from the load's start, ascending, all below `durationMs`. */
export function arrivals(
  { perSecond, arrivals: pattern }: Pick<Load, 'perSecond' | 'arrivals'>,
  { seed, name, durationMs }: Window,
): Float64Array {
  const gapMs = 1_000 / perSecond;
  if (pattern === 'uniform') {
    // The subtraction keeps 40/s over 5 s at 200, whatever the rounding of the quotient.
    const count = Math.ceil(durationMs / gapMs - 1e-9);
    return Float64Array.from({ length: count }, (_, index) => (index * 1_000) / perSecond);
  }
  const draw = random(hash(`arrivals ${name}`, seed));
  const gap = () => -Math.log(1 - draw()) * gapMs;
  const due: number[] = [];
  for (let at = gap(); at < durationMs; at += gap()) due.push(at);
  return Float64Array.from(due);
}
