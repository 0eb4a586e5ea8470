// Whether a run says no more than that this machine was too busy for it.
import type { RunResult } from '../../cli/verdict/run-result.ts';

/** Nothing but what this machine withheld keeps the run from its verdict: what it was to show was not shown, nor disproved. */
export const isStarved = ({ verdict, judgements }: Pick<RunResult, 'verdict' | 'judgements'>): boolean =>
  verdict === 'inconclusive' &&
  judgements.every(
    ({ standing, reason = '' }) =>
      standing === 'passed' || /the machine gave no processor|the load generator was late/.test(reason),
  );
