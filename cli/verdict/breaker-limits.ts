// What a scenario may demand of a breaker in numbers: how often it opens, how long it stays so, how many probes it sends.
import type { RunRecord } from '../metrics/record.ts';
import { type Stay, staysOf } from './breaker-history.ts';
import { checkOpenFor } from './breaker-policy.ts';
import { counted, moment, signed } from './figures.ts';
import { type Finding, found } from './finding.ts';
import type { Span } from './sample.ts';

interface Limit {
  readonly limit: number;
  readonly judged: Span;
}

/** B10: every entry into the open state counts, by a failed probe too. */
export function checkMaxOpens(record: RunRecord, link: string, { limit, judged }: Limit): Finding {
  const opens = entered(record, link, judged, 'open');
  return found(opens.length <= limit, timesAt(opens), signed(String(limit - opens.length)));
}

/** B11: what is none of its business does not move it. */
export function checkStaysClosed(record: RunRecord, link: string, judged: Span): Finding {
  const left = staysOf(record, link).filter(({ from, state }) => state !== 'closed' && isIn(from, judged));
  const [first] = left;
  return found(
    first === undefined,
    first === undefined ? 'closed throughout' : `${first.state} at ${moment(first.from)}`,
  );
}

export function checkProbeCount(record: RunRecord, link: string, { limit, judged }: Limit): Finding {
  const generations = new Set(entered(record, link, judged, 'halfOpen').map(({ entered: move }) => move.generation));
  const probes = (record.calls.get(link) ?? []).filter(
    ({ admitted, state, generation }) => admitted && state === 'halfOpen' && generations.has(generation),
  );
  return found(probes.length <= limit, counted(probes.length, 'probe'), signed(String(limit - probes.length)));
}

/** Not as the policy says, but as the scenario does. */
export const checkStaysOpenFor = (record: RunRecord, link: string, openForMs: number): Finding =>
  checkOpenFor(record, link, { openForMs });

// --- internal ---

const isIn = (at: number, { from, to }: Span): boolean => at >= from && at < to;

const entered = (record: RunRecord, link: string, judged: Span, state: Stay['state']): readonly Stay[] =>
  staysOf(record, link).filter((stay) => stay.state === state && isIn(stay.from, judged));

const timesAt = (stays: readonly Stay[]): string =>
  stays.length === 0
    ? 'never'
    : `${counted(stays.length, 'time')}: ${stays.map(({ from }) => moment(from)).join(', ')}`;
