// What a soak kept of its runs → facts to compare, as far as they go: two figures of each, which then decide. Pure.
import type { RunFacts } from '../../cli/compare/run-facts.ts';
import type { Soak, SoakRun } from './figures.ts';

/** What a soak has in the place of latency and lost orders. */
export const soakGates: readonly string[] = ['open-p99', 'open'];

/** Runs that opened no breaker have neither figure: then there is nothing to compare. */
export const factsOfSoak = ({ scenario, runs }: Soak): readonly RunFacts[] =>
  runs.flatMap((run) => {
    const openMs = longestToOpen(run);
    return run.openP99Ms === null || openMs === null ? [] : [factsOf(scenario, run, openMs)];
  });

// --- internal ---

const factsOf = (scenario: string, { run, commit, verdict, openP99Ms }: SoakRun, openMs: number): RunFacts => ({
  run,
  scenario: { name: scenario, hash: 'of the soak' },
  seed: 0,
  fleet: null,
  doses: [],
  unfit: ['passed', 'failed', 'inconclusive'].includes(verdict) ? null : `it was ${verdict}`,
  verdict,
  machine: 'that of the soak',
  version: commit ?? 'unknown',
  figures: {
    'open-p99': { title: 'p99 of orders while a breaker was open', unit: 'ms', value: openP99Ms },
    open: { title: 'time to open', unit: 'ms', value: openMs },
  },
});

function longestToOpen({ faultToOpenMs }: SoakRun): number | null {
  const known = Object.values(faultToOpenMs).filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}
