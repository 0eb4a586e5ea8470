// Every promise of a scenario as one sentence, beside what is written.
import { formatDuration } from '../duration.ts';
import type { BreakerContract, Scenario } from '../schema.ts';
import { spoken } from './spoken.ts';
import { thresholdWords } from './threshold-words.ts';

export interface Promised {
  readonly sentence: string;
  /** As it is written in the file, or could be. */
  readonly written: string;
}

export function promises({ expect, phases }: Scenario): readonly Promised[] {
  const { thresholds, breakers, recovery } = expect;
  return [
    ...thresholds.map((threshold) => ({ sentence: thresholdWords(threshold), written: threshold.text })),
    ...Object.entries(breakers).map(([link, contract]) => ofBreaker(link, contract)),
    ...(recovery === undefined
      ? []
      : [
          {
            sentence: `At most ${spoken(recovery.withinMs)} after the last fault has ended, every breaker is closed and what is promised of ${phases[0]?.name} holds again, for at least ${spoken(recovery.stableForMs)}.`,
            written: `recovery: { within: ${formatDuration(recovery.withinMs)}, stableFor: ${formatDuration(recovery.stableForMs)} }`,
          },
        ]),
  ];
}

// --- internal ---

const stateWords = { closed: 'closed', open: 'open', halfOpen: 'half-open', '...': 'whatever comes' } as const;

function ofBreaker(link: string, { path, opensWithinMs, callsWhileOpen }: BreakerContract): Promised {
  const parts = [
    ...(path === undefined ? [] : [pathWords(path)]),
    ...(opensWithinMs === undefined ? [] : [`opens at most ${spoken(opensWithinMs)} after the fault has begun`]),
    ...(callsWhileOpen === undefined ? [] : [callsWords(callsWhileOpen)]),
    'keeps to its rule',
  ];
  const written = [
    ...(path === undefined ? [] : [`path: [${path.map((state) => (state === '...' ? '"..."' : state)).join(', ')}]`]),
    ...(opensWithinMs === undefined ? [] : [`opensWithin: ${formatDuration(opensWithinMs)}`]),
    ...(callsWhileOpen === undefined ? [] : [`callsWhileOpen: ${callsWhileOpen}`]),
  ];
  return {
    sentence: `The breaker of ${link} ${parts.join('; it ')}.`,
    written: `${link}: {${written.length === 0 ? '' : ` ${written.join(', ')} `}}`,
  };
}

function pathWords(path: NonNullable<BreakerContract['path']>): string {
  const [first, ...rest] = path;
  if (rest.length === 0 && first !== undefined)
    return first === '...' ? 'may do anything' : `stays ${stateWords[first]}`;
  return `is ${path.map((state) => stateWords[state]).join(', then ')}`;
}

const callsWords = (limit: number): string =>
  limit === 0 ? 'lets not one call through while it is open' : `lets at most ${limit} calls through while it is open`;
