// How often a comparison says what it should: runs of one program dealt out to two groups must differ in almost none of the
// ways to deal them (A/A), and a change that was planted in one of the groups must be seen.
import { compare } from './compare.ts';
import type { FigureOutcome } from './decide.ts';
import { standardGates } from './figures.ts';
import type { RunFacts } from './run-facts.ts';

export interface Split {
  readonly base: readonly RunFacts[];
  readonly head: readonly RunFacts[];
}

export interface SplitOptions {
  /** Runs on each side. */
  readonly size: number;
  /** Where there are more splits than this, so many are drawn. */
  readonly most: number;
  readonly random: () => number;
}

/** Every ordered pair of two groups without a run in common, or a sample of them. */
export function splitsOf(runs: readonly RunFacts[], { size, most, random }: SplitOptions): readonly Split[] {
  const all = runs.length === 2 * size ? halves(runs, size) : null;
  if (all !== null && all.length <= most) return all;
  return Array.from({ length: most }, () => {
    const mixed = shuffled(runs, random);
    return { base: mixed.slice(0, size), head: mixed.slice(size, 2 * size) };
  });
}

/** `most` draws of a group of each side. */
export function drawsOf({ base, head }: Split, { size, most, random }: SplitOptions): readonly Split[] {
  const some = (runs: readonly RunFacts[]): readonly RunFacts[] => shuffled(runs, random).slice(0, size);
  return Array.from({ length: most }, () => ({ base: some(base), head: some(head) }));
}

export interface RateOptions {
  /** What is planted in the head's runs. Default nothing. */
  readonly change?: (run: RunFacts) => RunFacts;
  /** The figures that decide. Default `standardGates`. */
  readonly gates?: readonly string[];
}

/** How often each outcome came, as a share of the splits. */
export function outcomeRates(
  splits: readonly Split[],
  { change = (run) => run, gates = standardGates }: RateOptions = {},
): Readonly<Record<FigureOutcome, number>> {
  const outcomes = splits.map(({ base, head }) => outcomeOf({ base, head: head.map(change) }, gates));
  const rate = (word: FigureOutcome): number => outcomes.filter((outcome) => outcome === word).length / splits.length;
  return {
    regressed: rate('regressed'),
    'not enough data': rate('not enough data'),
    improved: rate('improved'),
    same: rate('same'),
  };
}

/** One figure of a run, its latency, times `factor`. */
export const slowed =
  (factor: number, key = 'latency') =>
  (run: RunFacts): RunFacts =>
    changed(run, key, (value) => value * factor);

/** A breaker that opens one failure later: with each opening one more order is lost. */
export const losingMore =
  (orders: number) =>
  (run: RunFacts): RunFacts =>
    changed(run, 'lost', (value) => value + orders);

// --- internal ---

const outcomeOf = (split: Split, gates: readonly string[]): FigureOutcome =>
  compare(onlyGates(split, gates), { gates }).outcome;

/** The figures that inform cost time and decide nothing. */
const onlyGates = ({ base, head }: Split, gates: readonly string[]): Split => {
  const few = (run: RunFacts): RunFacts => ({
    ...run,
    figures: Object.fromEntries(Object.entries(run.figures).filter(([key]) => gates.includes(key))),
  });
  return { base: base.map(few), head: head.map(few) };
};

function changed(run: RunFacts, key: string, change: (value: number) => number): RunFacts {
  const figure = run.figures[key];
  if (figure === undefined || figure.value === null) return run;
  return { ...run, figures: { ...run.figures, [key]: { ...figure, value: change(figure.value) } } };
}

function halves(runs: readonly RunFacts[], size: number): readonly Split[] {
  return choices(runs.length, size).map((taken) => ({
    base: runs.filter((_, index) => taken.includes(index)),
    head: runs.filter((_, index) => !taken.includes(index)),
  }));
}

/** Every set of `size` of the numbers below `n`. */
function choices(n: number, size: number): readonly (readonly number[])[] {
  if (size === 0) return [[]];
  if (n < size) return [];
  return [...choices(n - 1, size), ...choices(n - 1, size - 1).map((rest) => [...rest, n - 1])];
}

function shuffled<T>(values: readonly T[], next: () => number): readonly T[] {
  return values
    .map((value) => ({ value, at: next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}
