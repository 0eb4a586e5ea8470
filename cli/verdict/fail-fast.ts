// B7: how long a caller waits for a breaker that refuses: from asking it to its rejection, from the caller's own `call` events,
// so that neither the generator nor the network is in it.
import type { EventOf } from '../../services/contract/events.ts';
import { distributionOf, percentileOf } from '../metrics/distribution.ts';
import type { RunRecord } from '../metrics/record.ts';
import { samplesForAggregation } from '../scenario/samples-needed.ts';
import type { FailFast } from '../scenario/schema.ts';
import { counted, ms, signed } from './figures.ts';
import { type Finding, found, inconclusive } from './finding.ts';
import type { Span } from './sample.ts';
import { meets, starvedIn, starvedReason } from './stalls.ts';
import { holds } from './threshold.ts';

export function checkFailFast(
  record: RunRecord,
  link: string,
  { failFast, judged }: { failFast: FailFast; judged: Span },
): Finding {
  const { aggregation, op, limit } = failFast;
  const refused = (record.calls.get(link) ?? []).filter(
    ({ outcome, start }) => outcome === 'rejected' && start >= judged.from && start < judged.to,
  );
  const needed = samplesForAggregation(aggregation);
  if (refused.length < needed) {
    const why = `too few rejections: ${refused.length}, and this limit needs ${needed}`;
    return inconclusive(counted(refused.length, 'rejection'), why);
  }
  const value = aggregated(refused, aggregation);
  const observed = `${ms(value)} of ${counted(refused.length, 'rejection')}`;
  const starved = starvedIn(record);
  const spared = refused.filter(({ start, end }) => !meets(starved, start, end));
  const isKept = holds(value, op, limit);
  if (!isKept && spared.length < refused.length && holds(aggregated(spared, aggregation), op, limit)) {
    return inconclusive(observed, starvedReason(starved));
  }
  return found(isKept, observed, signed(ms(limit - value)));
}

// --- internal ---

function aggregated(
  calls: readonly Pick<EventOf<'call'>, 'start' | 'end'>[],
  aggregation: FailFast['aggregation'],
): number {
  const waits = calls.map(({ start, end }) => end - start).toSorted((a, b) => a - b);
  const { avg, max } = distributionOf(waits);
  return aggregation.kind === 'p' ? percentileOf(waits, aggregation.percent) : { avg, max }[aggregation.kind];
}
