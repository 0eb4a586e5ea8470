// One expectation as the dashboard shows it, and how it stands: as judged, or open while it may still come either way.
import { expectationsOf } from '../report/parts.ts';
import type { Judgement, Standing, VerdictWord } from '../verdict/judgement.ts';
import type { RunResult } from '../verdict/run-result.ts';

/** `failing`: as things are, and they may yet change. `open`: nothing can be said yet. */
export type LiveStanding = Standing | 'failing' | 'open';

export interface StandingLine {
  readonly title: string;
  readonly standing: LiveStanding;
  readonly expected: string;
  readonly observed: string;
}

export interface Standings {
  readonly lines: readonly StandingLine[];
  /** null: the run is on. */
  readonly verdict: { readonly word: VerdictWord; readonly reason: string } | null;
  readonly note: string | null;
}

export const lineOf = (
  { title, standing, expected, observed }: Judgement,
  live: LiveStanding = standing,
): StandingLine => ({
  title,
  standing: live,
  expected,
  observed,
});

export function linesOf(result: RunResult): Standings {
  const { verdict: word, reason } = result;
  return {
    lines: expectationsOf(result).map((judgement) => lineOf(judgement)),
    verdict: { word, reason },
    note: null,
  };
}
