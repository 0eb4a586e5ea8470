// When every arrival of an open load is due, fixed before the run: an open model never waits for answers.
import type { OpenLoad } from './load.ts';
import { hash, random } from './random.ts';
import { type Course, courseOf } from './rate-course.ts';
import { loadStretch, type Stretch, type Timed } from './timeline.ts';

export interface ArrivalOptions extends Stretch {
  readonly seed: number;
  /** The load's name: two loads of one scenario do not arrive in step. */
  readonly name: string;
  /** Stages count from the first judged phase on. */
  readonly warmupMs: number;
}

/** ms from the load's start, ascending, all below its length. */
export function arrivals(load: OpenLoad, { seed, name, warmupMs, from, to }: ArrivalOptions): Float64Array {
  const course = courseOf(load, Math.max(0, warmupMs - from));
  return load.arrivals === 'uniform'
    ? uniform(course, to - from)
    : poisson(course, to - from, `arrivals ${name}`, seed);
}

/** How many arrivals of a load are planned in a stretch of the run; of a Poisson process, on average. */
export function plannedIn(load: OpenLoad, { from, to }: Stretch, timed: Timed): number {
  const stretch = loadStretch(load, timed);
  if (stretch === null) return 0;
  const course = courseOf(load, Math.max(0, timed.warmupMs - stretch.from));
  const countAt = (at: number): number =>
    Math.ceil(course.countAt(Math.min(Math.max(at, stretch.from), stretch.to) - stretch.from) - 1e-9);
  return countAt(to) - countAt(from);
}

// --- internal ---

/** Arrival i is due when the rate has added up to i. */
function uniform(course: Course, durationMs: number): Float64Array {
  // The subtraction keeps 40/s over 5 s at 200, whatever the rounding of the sum.
  const count = Math.ceil(course.countAt(durationMs) - 1e-9);
  return Float64Array.from({ length: Math.max(0, count) }, (_, index) => course.whenCount(index));
}

/** Gaps are exponential in the added-up rate, which makes a Poisson process whose rate follows the course. */
function poisson(course: Course, durationMs: number, label: string, seed: number): Float64Array {
  const draw = random(hash(label, seed));
  const due: number[] = [];
  const most = course.countAt(durationMs);
  const gap = (): number => -Math.log(1 - draw());
  for (let count = gap(); count < most; count += gap()) due.push(course.whenCount(count));
  return Float64Array.from(due);
}
