// B7: how long a caller waits for a breaker that refuses: from asking it to its rejection, from the caller's own `call` events,
// so that neither the generator nor the network is in it.
import { distributionOf, percentileOf } from '../metrics/distribution.ts';
import type { RunRecord } from '../metrics/record.ts';
import { samplesForAggregation } from '../scenario/samples-needed.ts';
import type { FailFast } from '../scenario/schema.ts';
import { counted, ms, signed } from './figures.ts';
import { type Finding, found, inconclusive } from './finding.ts';
import type { Span } from './sample.ts';
import { holds } from './threshold.ts';

export function checkFailFast(
  record: RunRecord,
  link: string,
  { failFast, judged }: { failFast: FailFast; judged: Span },
): Finding {
  const { aggregation, op, limit } = failFast;
  const waits = (record.calls.get(link) ?? [])
    .filter(({ outcome, start }) => outcome === 'rejected' && start >= judged.from && start < judged.to)
    .map(({ start, end }) => end - start)
    .toSorted((a, b) => a - b);
  const needed = samplesForAggregation(aggregation);
  if (waits.length < needed) {
    const why = `too few rejections: ${waits.length}, and this limit needs ${needed}`;
    return inconclusive(counted(waits.length, 'rejection'), why);
  }
  const { avg, max } = distributionOf(waits);
  const value = aggregation.kind === 'p' ? percentileOf(waits, aggregation.percent) : { avg, max }[aggregation.kind];
  return found(
    holds(value, op, limit),
    `${ms(value)} of ${counted(waits.length, 'rejection')}`,
    signed(ms(limit - value)),
  );
}
