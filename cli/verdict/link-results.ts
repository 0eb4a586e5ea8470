// What went over each link, in figures, beside the policy that was in force.
import { type Distribution, distributionOf } from '../metrics/distribution.ts';
import type { RunRecord } from '../metrics/record.ts';
import type { LinkResult, Percentiles } from './run-result.ts';

export const linkResults = ({ header, calls }: RunRecord): readonly LinkResult[] =>
  Object.entries(header?.fleet.policies ?? {}).map(([link, policy]) => {
    const own = calls.get(link) ?? [];
    const counts = { success: 0, failure: 0, rejected: 0, cancelled: 0 };
    for (const { outcome } of own) counts[outcome] += 1;
    const finished = own.filter(({ admitted, outcome }) => admitted && outcome !== 'cancelled');
    return {
      link,
      policy,
      calls: counts,
      duration: percentiles(distributionOf(finished.map(({ start, end }) => end - start))),
    };
  });

export const percentiles = ({ n, p50, p95, p99, max }: Distribution): Percentiles => ({ n, p50, p95, p99, max });
