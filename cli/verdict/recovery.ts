// Recovery: how long after the faults the system is well again, and stays so.
import type { RunRecord } from '../metrics/record.ts';
import type { RecoveryContract } from '../scenario/schema.ts';
import type { Threshold } from '../scenario/threshold.ts';
import { staysOf } from './breaker-history.ts';
import { ms, signed } from './figures.ts';
import { type Finding, found, inconclusive } from './finding.ts';
import { sampleOf } from './sample.ts';
import { evaluate } from './threshold.ts';

/** Phases start and end some ms beside the plan: a window may miss the end of the judged time by this much. */
const slackMs = 100;
/** The step in which the start of the stable window is looked for. */
const stepMs = 50;

interface Terms extends RecoveryContract {
  /** Those that cover the scenario's first phase, by name or because they cover all: what "well" means. */
  readonly baseline: readonly Threshold[];
  readonly firstPhase: string;
  /** End of the judged time. */
  readonly until: number;
}

/**
 * The time from the end of the last fault to the start of the *stable window*: the first moment from which on every
 * breaker is closed and stays so to the end of the judged time, and from which on the baseline thresholds hold over the
 * `stableFor` that follow (measured over that window alone). Passed if that takes at most `within`. Failed if it takes
 * longer, or if there was no such window although the run went on for `within + stableFor`; inconclusive if it ended earlier.
 */
export function checkRecovery(record: RunRecord, terms: Terms): Finding {
  const { withinMs, stableForMs, baseline, firstPhase, until } = terms;
  if (baseline.length === 0) return inconclusive('not measured', `nothing to hold: no threshold covers ${firstPhase}`);
  const open = record.faults.find(({ to }) => to === null);
  if (open !== undefined) return inconclusive('never ended', `the record has no end of the fault ${open.fault}`);
  if (record.faults.length === 0)
    return inconclusive('no fault', 'no fault was set, so there is nothing to recover from');
  const end = Math.max(...record.faults.map(({ to }) => to ?? 0));
  const closedFrom = allClosedFrom(record, { from: end, until });
  const windows = closedFrom === null ? [] : starts(closedFrom, until - stableForMs + slackMs);
  let unclear: string | undefined;
  let unclearInTime: string | undefined;
  for (const from of windows) {
    const sample = sampleOf(record, [{ from, to: from + stableForMs }]);
    const findings = baseline.map((threshold) => evaluate(threshold, sample));
    const took = from - end;
    if (findings.every(({ standing }) => standing === 'passed')) {
      if (took > withinMs && unclearInTime !== undefined) return inconclusive(ms(took), unclearInTime);
      return found(took <= withinMs, ms(took), signed(ms(withinMs - took)));
    }
    if (!findings.some(({ standing }) => standing === 'failed'))
      unclear ??= findings.find(({ reason }) => reason)?.reason;
    // It may have been well in time, in a window that says nothing.
    if (took <= withinMs) unclearInTime = unclear;
  }
  const seen = until - end;
  const why = closedFrom === null ? 'a breaker is not closed at the end' : 'the baseline thresholds did not hold again';
  if (unclear !== undefined) return inconclusive('unclear', `in the window of stableFor: ${unclear}`);
  if (seen >= withinMs + stableForMs - slackMs) return found(false, `not within ${ms(seen)}: ${why}`);
  return inconclusive(
    `not within ${ms(seen)}: ${why}`,
    `the run ends too early; within + stableFor is ${ms(withinMs + stableForMs)}`,
  );
}

// --- internal ---

/** null: some breaker is not closed at the end. */
function allClosedFrom(record: RunRecord, { from, until }: { from: number; until: number }): number | null {
  const last = [...record.breakers.keys()].flatMap((link) => {
    const stay = staysOf(record, link).findLast((candidate) => candidate.from <= until);
    return stay === undefined ? [] : [stay];
  });
  return last.every(({ state }) => state === 'closed') ? Math.max(from, ...last.map((stay) => stay.from)) : null;
}

const starts = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, Math.floor((to - from) / stepMs) + 1) }, (_, index) => from + index * stepMs);
