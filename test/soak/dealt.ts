// Recorded runs of one program → how often a comparison of two groups of them says what. Pure.
import { objections } from '../../cli/compare/compare.ts';
import type { FigureOutcome } from '../../cli/compare/decide.ts';
import { standardGates } from '../../cli/compare/figures.ts';
import type { RunFacts } from '../../cli/compare/run-facts.ts';
import { drawsOf, losingMore, outcomeRates, slowed, splitsOf } from '../../cli/compare/splits.ts';

export interface DealOptions {
  readonly size: number;
  /** Where there are more ways to deal than these, so many are drawn. */
  readonly draws: number;
  readonly random: () => number;
  /** The figures that decide; the first is a latency. Default those of `compare`. */
  readonly gates?: readonly string[];
  /** Runs of programs that were really changed, by what was. */
  readonly changed?: Readonly<Record<string, readonly RunFacts[]>>;
}

type Rates = Readonly<Record<FigureOutcome, number>>;

export interface Dealt {
  readonly scenario: string;
  readonly runs: number;
  readonly size: number;
  readonly splits: number;
  /** Nothing was changed: each `regressed` is a false alarm. */
  readonly aa: Rates;
  /** Latencies of head times 1.3: each `regressed` is one that was seen. */
  readonly slower: Rates;
  /** One more order lost in head, as by a breaker that opens one failure later; null: lost orders do not decide. */
  readonly later: Rates | null;
  /** By what was really changed in head's program. */
  readonly changed: Readonly<Record<string, Rates & { readonly runs: number }>>;
}

/** The runs that can be compared with the first of them, and why the others cannot. */
export function comparable(runs: readonly RunFacts[]): {
  readonly usable: readonly RunFacts[];
  readonly left: readonly string[];
} {
  const fit = runs.filter(({ unfit }) => unfit === null);
  const [first] = fit;
  const reasons = fit.map((run) =>
    first === undefined || run === first ? [] : objections({ base: [first], head: [run] }),
  );
  return {
    usable: fit.filter((_, index) => reasons[index]?.length === 0),
    left: [
      ...runs.flatMap(({ run, unfit }) => (unfit === null ? [] : [`left out: ${run}: ${unfit}`])),
      ...fit.flatMap(({ run }, index) => (reasons[index] ?? []).map((reason) => `left out: ${run}: ${reason}`)),
    ],
  };
}

export function dealtOut(
  runs: readonly RunFacts[],
  { size, draws, random, gates = standardGates, changed = {} }: DealOptions,
): Dealt {
  if (runs.length < 2 * size) throw new Error(`${runs.length} runs are too few for two groups of ${size}`);
  for (const [name, head] of Object.entries(changed))
    if (head.length < size) throw new Error(`${head.length} runs of ${name} are too few for a group of ${size}`);
  const splits = splitsOf(runs, { size, most: draws, random });
  return {
    scenario: runs[0]?.scenario.name ?? '',
    runs: runs.length,
    size,
    splits: splits.length,
    aa: outcomeRates(splits, { gates }),
    slower: outcomeRates(splits, { gates, change: slowed(1.3, gates[0]) }),
    later: gates.includes('lost') ? outcomeRates(splits, { gates, change: losingMore(1) }) : null,
    changed: Object.fromEntries(
      Object.entries(changed).map(([name, head]) => {
        const drawn = drawsOf({ base: runs, head }, { size, most: draws, random });
        return [name, { runs: head.length, ...outcomeRates(drawn, { gates }) }];
      }),
    ),
  };
}

export function dealtLines({ scenario, runs, size, splits, aa, slower, later, changed }: Dealt): readonly string[] {
  const line = (what: string, rates: Rates) =>
    `  ${what.padEnd(36)}${Object.entries(rates)
      .map(([word, rate]) => `${word} ${(rate * 100).toFixed(2)} %`)
      .join(', ')}`;
  return [
    `${scenario}: ${runs} runs, ${splits} times dealt out to ${size} and ${size}`,
    line('nothing changed (false alarms)', aa),
    line('head 30 % slower', slower),
    ...(later === null ? [] : [line('one order more lost in head', later)]),
    ...Object.entries(changed).map(([name, { runs: count, ...rates }]) =>
      line(`${name}, in ${count} real runs`, rates),
    ),
  ];
}
