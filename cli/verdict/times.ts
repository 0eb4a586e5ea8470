// What a run took, per link, and what failing fast bought.
import { distributionOf } from '../metrics/distribution.ts';
import { durationsOf, isOrder } from '../metrics/phase-metrics.ts';
import type { RunRecord } from '../metrics/record.ts';
import { concerns } from '../scenario/concerns.ts';
import { staysOf } from './breaker-history.ts';
import type { LinkTimes, RunResult } from './run-result.ts';
import { sampleOf } from './sample.ts';

export const timesOf = (record: RunRecord): Readonly<Record<string, LinkTimes>> =>
  Object.fromEntries(
    Object.entries(record.header?.fleet.policies ?? {})
      .filter(([link]) => record.breakers.has(link) || record.faults.some(({ target }) => concerns(target, link)))
      .filter(([, { breaker }]) => breaker !== null)
      .map(([link]) => [link, linkTimes(record, link)]),
  );

/** Orders due while a breaker of the order service was open. */
export function openLatencyOf(record: RunRecord): RunResult['openLatency'] {
  const links = [...record.breakers.keys()].filter((link) => link.startsWith('order->'));
  const open = links.flatMap((link) => staysOf(record, link).filter(({ state }) => state === 'open'));
  const { n, p99 } = distributionOf(durationsOf(sampleOf(record, open).requests.filter(isOrder)));
  return n === 0 ? null : { n, p99Ms: p99 };
}

// --- internal ---

function linkTimes(record: RunRecord, link: string): LinkTimes {
  const faults = record.faults.filter(({ target }) => concerns(target, link));
  const stays = staysOf(record, link);
  const [first, last] = [faults[0], faults.at(-1)];
  const opened = first && stays.find(({ state, from }) => state === 'open' && from >= first.from);
  const closed = stays.at(-1);
  const end = last?.to;
  return {
    faultToOpenMs: first && opened ? opened.from - first.from : null,
    faultEndToClosedMs: typeof end === 'number' && closed?.state === 'closed' ? Math.max(0, closed.from - end) : null,
  };
}
