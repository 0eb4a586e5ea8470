// Two groups of runs → whether the second is worse. Refuses to compare what is no repetition of the same experiment.
import { fingerprint } from '../scenario/fingerprint.ts';
import { type Decided, decide, type FigureOutcome, figureOutcomes, type Smallest, standardSmallest } from './decide.ts';
import type { Figure } from './figures.ts';
import type { RunFacts } from './run-facts.ts';

export interface Groups {
  readonly base: readonly RunFacts[];
  readonly head: readonly RunFacts[];
}

export interface CompareOptions {
  /** The figures that decide; the others inform. */
  readonly gates: readonly string[];
  /** By figure, where it is not the unit's own. */
  readonly smallest?: Readonly<Record<string, Smallest>>;
}

export interface ComparedFigure extends Decided, Pick<Figure, 'title' | 'unit'> {
  readonly key: string;
  readonly gates: boolean;
}

export interface Comparison {
  readonly scenario: string;
  readonly runs: { readonly base: number; readonly head: number };
  readonly outcome: FigureOutcome;
  readonly figures: readonly ComparedFigure[];
  /** What differs beside the runs, and does not keep them from being compared. */
  readonly notes: readonly string[];
}

/** Why the groups cannot be compared, each a sentence. Empty: they can. */
export function objections({ base, head }: Groups): readonly string[] {
  if (base.length === 0 || head.length === 0) return [`there is no run in ${base.length === 0 ? 'base' : 'head'}`];
  const all = [...base, ...head];
  const twice = head.filter(({ run }) => base.some((other) => other.run === run));
  return [
    ...twice.map(({ run }) => `${run} is in base and in head; a run says nothing about itself`),
    ...all.flatMap(({ run, unfit }) => (unfit === null ? [] : [`${run} cannot be compared: ${unfit}`])),
    ...differing(
      'the scenario',
      groupsBy({ base, head }, ({ scenario }) => `${scenario.name} ${short(scenario.hash)}`),
    ),
    ...seedObjection({ base, head }),
    ...differing('the fleet', groupsBy({ base, head }, fleetText)),
    ...differing(
      'the dose',
      groupsBy({ base, head }, ({ doses }) => doses.join(', ') || 'no fault'),
    ),
  ];
}

/** Of groups without objections. */
export function compare({ base, head }: Groups, { gates, smallest = {} }: CompareOptions): Comparison {
  const keys = [...new Set([...base, ...head].flatMap(({ figures }) => Object.keys(figures)))];
  const figures = keys.flatMap((key): readonly ComparedFigure[] => {
    const known = [...base, ...head].map((run) => run.figures[key]).find((figure) => figure !== undefined);
    if (known === undefined) return [];
    const valuesOf = (runs: readonly RunFacts[]) => runs.map((run) => run.figures[key]?.value ?? null);
    const decided = decide(valuesOf(base), valuesOf(head), smallest[key] ?? standardSmallest[known.unit]);
    return [{ key, title: known.title, unit: known.unit, gates: gates.includes(key), ...decided }];
  });
  const deciding = figures.filter((figure) => figure.gates);
  return {
    scenario: base[0]?.scenario.name ?? '',
    runs: { base: base.length, head: head.length },
    outcome: figureOutcomes.find((word) => deciding.some(({ outcome }) => outcome === word)) ?? 'not enough data',
    figures: [...deciding, ...figures.filter((figure) => !figure.gates)],
    notes: notesOf({ base, head }),
  };
}

// --- internal ---

const short = (hash: string): string => hash.slice(0, 12);

const fleetText = ({ fleet }: RunFacts): string =>
  fleet === null ? 'unknown' : `driver ${fleet.driver}, policies ${short(fleet.policies)}`;

interface Texts {
  readonly base: readonly string[];
  readonly head: readonly string[];
}

function groupsBy({ base, head }: Groups, text: (run: RunFacts) => string): Texts {
  const distinct = (runs: readonly RunFacts[]) => [...new Set(runs.map(text))].sort();
  return { base: distinct(base), head: distinct(head) };
}

function differing(what: string, { base, head }: Texts): readonly string[] {
  return new Set([...base, ...head]).size <= 1
    ? []
    : [`${what} differs: base ${base.join(' and ')}; head ${head.join(' and ')}`];
}

/** A group may have many seeds, if the other has the same. */
function seedObjection(groups: Groups): readonly string[] {
  const { base, head } = groupsBy(groups, ({ seed }) => String(seed));
  return fingerprint(base) === fingerprint(head)
    ? []
    : [`the seeds differ: base ${base.join(', ')}; head ${head.join(', ')}`];
}

const notesOf = (groups: Groups): readonly string[] => [
  ...differing(
    'the machine',
    groupsBy(groups, ({ machine }) => machine),
  ).map((text) => `${text}: times say little`),
  ...differing(
    'the version of SmartOrders',
    groupsBy(groups, ({ version }) => version),
  ),
  ...differing(
    'the verdict',
    groupsBy(groups, ({ verdict }) => verdict),
  ),
];
