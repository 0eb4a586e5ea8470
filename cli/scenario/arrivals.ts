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

export interface PlannedArrivals {
  /** ms from the load's start, ascending, all below its length. */
  readonly due: Iterator<number, undefined>;
  /** Arrivals per second at a time since the load's start. */
  readonly rateAt: (ms: number) => number;
}

/** One after the other, so that nobody has to hold them all. */
export function plannedArrivals(load: OpenLoad, { seed, name, warmupMs, from, to }: ArrivalOptions): PlannedArrivals {
  const course = courseOf(load, Math.max(0, warmupMs - from));
  const due =
    load.arrivals === 'uniform'
      ? uniform(course, to - from)
      : poisson(course, to - from, random(hash(`arrivals ${name}`, seed)));
  return { due, rateAt: (ms) => (course.countAt(ms + rateOverMs) - course.countAt(ms)) * (1_000 / rateOverMs) };
}

/** All of them. */
export const arrivals = (load: OpenLoad, options: ArrivalOptions): Float64Array =>
  Float64Array.from([...{ [Symbol.iterator]: () => plannedArrivals(load, options).due }]);

export interface SteadyOptions extends Stretch {
  readonly perSecond: number;
  readonly arrivals: OpenLoad['arrivals'];
  readonly label: string;
  readonly seed: number;
}

/** At one rate from a moment on, the first one at once. */
export function* steadyArrivals({
  perSecond,
  arrivals: kind,
  from,
  to,
  label,
  seed,
}: SteadyOptions): Generator<number, undefined> {
  const draw = random(hash(label, seed));
  const gap = 1_000 / perSecond;
  let last = from;
  for (let index = 0; last < to; index += 1) {
    yield last;
    last = kind === 'uniform' ? from + (index + 1) * gap : last - Math.log(1 - draw()) * gap;
  }
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

/** Over so short a time a rate is what it is at a moment. */
const rateOverMs = 1;

/** Arrival i is due when the rate has added up to i. */
function* uniform(course: Course, durationMs: number): Generator<number, undefined> {
  // The subtraction keeps 40/s over 5 s at 200, whatever the rounding of the sum.
  const count = Math.ceil(course.countAt(durationMs) - 1e-9);
  for (let index = 0; index < count; index += 1) yield course.whenCount(index);
}

/** Gaps are exponential in the added-up rate, which makes a Poisson process whose rate follows the course. */
function* poisson(course: Course, durationMs: number, draw: () => number): Generator<number, undefined> {
  const most = course.countAt(durationMs);
  const gap = (): number => -Math.log(1 - draw());
  for (let count = gap(); count < most; count += gap()) yield course.whenCount(count);
}
