// How fast the defence worked. What each figure means, and how finely it is measured, is in time-definitions.ts.
import { distributionOf } from '../metrics/distribution.ts';
import { durationsOf, isOrder } from '../metrics/phase-metrics.ts';
import type { FaultSpan, RunRecord } from '../metrics/record.ts';
import { concerns } from '../scenario/concerns.ts';
import { staysOf } from './breaker-history.ts';
import type { LinkTimes, RunResult, RunTimes } from './run-result.ts';
import { judgedSpan, sampleOf, within } from './sample.ts';

export const timesOf = (record: RunRecord): Readonly<Record<string, LinkTimes>> =>
  Object.fromEntries(
    Object.entries(record.header?.fleet.policies ?? {})
      .filter(([link]) => record.breakers.has(link) || record.faults.some(({ target }) => concerns(target, link)))
      .filter(([, { breaker }]) => breaker !== null)
      .map(([link]) => [link, linkTimes(record, link)]),
  );

export function runTimesOf(record: RunRecord): RunTimes {
  return { degradedMs: degradedMs(record), drainMs: drainMs(record) };
}

/** Orders due while a breaker of the order service was open. */
export function openLatencyOf(record: RunRecord): RunResult['openLatency'] {
  const links = [...record.breakers.keys()].filter((link) => link.startsWith('order->'));
  const open = links.flatMap((link) => staysOf(record, link).filter(({ state }) => state === 'open'));
  const { n, p99 } = distributionOf(durationsOf(sampleOf(record, open).requests.filter(isOrder)));
  return n === 0 ? null : { n, p99Ms: p99 };
}

/** ms. */
export const sliceMs = 100;

// --- internal ---

function linkTimes(record: RunRecord, link: string): LinkTimes {
  const faults = record.faults.filter(({ target }) => concerns(target, link));
  const stays = staysOf(record, link);
  const [first, last] = [faults[0], faults.at(-1)];
  const opened = first && stays.find(({ state, from }) => state === 'open' && from >= first.from);
  const closed = stays.at(-1);
  const end = last?.to;
  const bad = first && firstFailure(record, link, first);
  return {
    detectMs: bad !== undefined && opened ? Math.max(0, opened.from - bad) : null,
    faultToOpenMs: first && opened ? opened.from - first.from : null,
    overshoot: opened ? underWay(record, link, opened.from) : null,
    notClosedMs: stays.filter(({ state }) => state !== 'closed').reduce((sum, { from, to }) => sum + to - from, 0),
    faultEndToClosedMs: typeof end === 'number' && closed?.state === 'closed' ? Math.max(0, closed.from - end) : null,
  };
}

/** When the first call that failed under the fault had failed. */
const firstFailure = ({ calls }: RunRecord, link: string, { from }: FaultSpan): number | undefined =>
  (calls.get(link) ?? []).find(({ outcome, end }) => outcome === 'failure' && end >= from)?.end;

const underWay = ({ calls }: RunRecord, link: string, at: number): number =>
  (calls.get(link) ?? []).filter(({ admitted, start, end }) => admitted && start <= at && end > at).length;

const isGood = (outcome: string): boolean => outcome === 'success' || outcome === 'declined';

function degradedMs(record: RunRecord): number | null {
  const judged = judgedSpan(record);
  if (judged === null) return null;
  const bad = record.requests.filter(({ dueAt, outcome }) => within([judged], dueAt) && !isGood(outcome));
  return new Set(bad.map(({ dueAt }) => Math.floor(dueAt / sliceMs))).size * sliceMs;
}

function drainMs({ faults, requests }: RunRecord): number | null {
  const ends = faults.flatMap(({ to }) => (to === null ? [] : [to]));
  if (ends.length === 0 || ends.length < faults.length) return null;
  const end = Math.max(...ends);
  const waiting = requests.filter(({ dueAt, doneAt }) => dueAt < end && doneAt > end);
  return waiting.reduce((latest, { doneAt }) => Math.max(latest, doneAt - end), 0);
}
