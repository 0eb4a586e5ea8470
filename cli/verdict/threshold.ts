// Does a threshold hold over a sample? (Its grammar is in scenario/threshold.ts.) Too little evidence is inconclusive:
//
//   share >= limit   needs n >= 1 / (1 - limit)   else one bad order more or less would decide
//   share <= limit   needs n >= 1 / limit         (a limit of exactly 0 % or 100 % speaks of every order: one suffices)
//   p(q)             needs n >= 2 / (1 - q)       else the percentile is about the maximum
//   orders.duration  needs a generator whose p99 lateness is at most 20 % of the limit
import { distributionOf, percentileOf } from '../metrics/distribution.ts';
import { durationsOf, latenessOf } from '../metrics/phase-metrics.ts';
import type { Aggregation, Comparison, Threshold } from '../scenario/threshold.ts';
import { counted, ms, percent, points, signed } from './figures.ts';
import { type Finding, found, inconclusive } from './finding.ts';
import type { Sample } from './sample.ts';

type Share = Extract<Threshold, { kind: 'share' }>;
type Duration = Extract<Threshold, { kind: 'duration' }>;

const allowedLateness = 0.2;

export const evaluate = (threshold: Threshold, sample: Sample): Finding =>
  threshold.kind === 'share' ? evaluateShare(threshold, sample) : evaluateDuration(threshold, sample);

/** `orders.duration p(99) during outage`: what is measured, without the limit. */
export function titleOf({ metric, during, ...threshold }: Threshold): string {
  const name = metric.of === 'orders' ? `orders.${metric.what}` : `calls.${metric.link}.${metric.what}`;
  const aggregation = threshold.kind === 'duration' ? [aggregationText(threshold.aggregation)] : [];
  return [name, ...aggregation, ...(during.length === 0 ? [] : [`during ${during.join(', ')}`])].join(' ');
}

/** `>= 99 %`, `< 300 ms`. */
export const expectedOf = ({ kind, op, limit }: Threshold): string =>
  `${op} ${kind === 'share' ? percent(limit) : ms(limit)}`;

// --- internal ---

const aggregationText = (aggregation: Aggregation): string =>
  aggregation.kind === 'p' ? `p(${aggregation.percent})` : aggregation.kind;

function evaluateShare({ metric, op, limit }: Share, sample: Sample): Finding {
  const { n, hits } = metric.of === 'orders' ? orders(metric.what, sample) : calls(metric.link, metric.what, sample);
  const needed = samplesForShare(op, limit);
  if (n < needed) return tooFew(n, needed);
  const share = hits / n;
  const margin = op === '>=' || op === '>' ? share - limit : limit - share;
  return found(compare(share, op, limit), `${percent(share)} of ${n}`, points(margin));
}

function orders(what: string, { requests }: Sample) {
  return { n: requests.length, hits: requests.filter(({ outcome }) => outcome === what).length };
}

/** A cancelled attempt is neither good nor bad: it does not count as one. */
function calls(link: string, what: string, { callsOf }: Sample) {
  const attempts = callsOf(link).filter(({ outcome }) => outcome !== 'cancelled');
  return { n: attempts.length, hits: attempts.filter(({ outcome }) => outcome === what).length };
}

function samplesForShare(op: Comparison, limit: number): number {
  const room = op === '>=' || op === '>' ? 1 - limit : limit;
  // 1 - 0.99 is 0.010000000000000009: without the rounding 99 % would ask for 101 samples or for 99.
  return room === 0 ? 1 : Math.ceil(Number((1 / room).toFixed(6)));
}

function evaluateDuration({ metric, aggregation, op, limit }: Duration, sample: Sample): Finding {
  const values = metric.of === 'orders' ? durationsOf(sample.requests) : callDurations(metric.link, sample);
  const needed = aggregation.kind === 'p' ? Math.ceil(Number((2 / (1 - aggregation.percent / 100)).toFixed(6))) : 1;
  if (values.length < needed) return tooFew(values.length, needed);
  const { avg, max } = distributionOf(values);
  const sorted = values.toSorted((a, b) => a - b);
  const value = { avg, max, p: aggregation.kind === 'p' ? percentileOf(sorted, aggregation.percent) : 0 }[
    aggregation.kind
  ];
  const lateness = distributionOf(latenessOf(sample.requests)).p99;
  if (metric.of === 'orders' && lateness > allowedLateness * limit) {
    return inconclusive(
      `${ms(value)} of ${values.length}`,
      `the load generator was late by ${ms(lateness)} (p99), more than 20 % of the limit`,
    );
  }
  const margin = op === '>=' || op === '>' ? value - limit : limit - value;
  return found(compare(value, op, limit), `${ms(value)} of ${values.length}`, signed(ms(margin)));
}

const callDurations = (link: string, { callsOf }: Sample): readonly number[] =>
  callsOf(link)
    .filter(({ admitted, outcome }) => admitted && outcome !== 'cancelled')
    .map(({ start, end }) => end - start);

const tooFew = (n: number, needed: number): Finding =>
  inconclusive(counted(n, 'sample'), `too few samples: ${n}, and this limit needs ${needed}`);

function compare(value: number, op: Comparison, limit: number): boolean {
  switch (op) {
    case '>=':
      return value >= limit;
    case '>':
      return value > limit;
    case '<=':
      return value <= limit;
    case '<':
      return value < limit;
    default:
      return op satisfies never;
  }
}
