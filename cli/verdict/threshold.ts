// Does a threshold hold over a sample? (Its grammar is in scenario/threshold.ts.) Too little evidence is inconclusive: fewer
// samples than scenario/samples-needed.ts asks for, and durations of a generator whose p99 lateness exceeds 20 % of the limit.
import { distributionOf, percentileOf } from '../metrics/distribution.ts';
import { durationsOf, isOrder, latenessOf, type Timed } from '../metrics/phase-metrics.ts';
import { samplesNeeded } from '../scenario/samples-needed.ts';
import type { Comparison, Metric, Threshold } from '../scenario/threshold.ts';
import { counted, ms, percent, points, signed } from './figures.ts';
import { type Finding, found, inconclusive } from './finding.ts';
import type { Sample } from './sample.ts';
import { meets, starvedReason } from './stalls.ts';

type Share = Extract<Threshold, { kind: 'share' }>;
type Duration = Extract<Threshold, { kind: 'duration' }>;

const allowedLateness = 0.2;

export function evaluate(threshold: Threshold, sample: Sample): Finding {
  const finding = atFaceValue(threshold, sample);
  if (finding.standing !== 'failed' || sample.starved.length === 0) return finding;
  if (atFaceValue(threshold, withoutStarved(sample)).standing === 'failed') return finding;
  return inconclusive(finding.observed, starvedReason(sample.starved));
}

/** `>= 99 %`, `< 300 ms`. */
export const expectedOf = ({ kind, op, limit }: Threshold): string =>
  `${op} ${kind === 'share' ? percent(limit) : ms(limit)}`;

// --- internal ---

const atFaceValue = (threshold: Threshold, sample: Sample): Finding =>
  threshold.kind === 'share' ? evaluateShare(threshold, sample) : evaluateDuration(threshold, sample);

/** What was not under way while the machine gave a service no processor. */
function withoutStarved({ requests, steps, callsOf, starved }: Sample): Sample {
  const isSpared = ({ dueAt, doneAt }: { readonly dueAt: number; readonly doneAt: number }): boolean =>
    !meets(starved, dueAt, doneAt);
  return {
    requests: requests.filter(isSpared),
    steps: steps.filter(isSpared),
    callsOf: (link) => callsOf(link).filter(({ start, end }) => !meets(starved, start, end)),
    starved: [],
  };
}

function evaluateShare(threshold: Share, sample: Sample): Finding {
  const { metric, op, limit } = threshold;
  const outcomes =
    metric.of === 'calls' ? callOutcomes(metric.link, sample) : arrivalsOf(metric, sample).map(outcomeOf);
  const n = outcomes.length;
  const needed = samplesNeeded(threshold);
  if (n < needed) return tooFew(n, needed);
  const share = outcomes.filter((outcome) => outcome === metric.what).length / n;
  const margin = op === '>=' || op === '>' ? share - limit : limit - share;
  return found(holds(share, op, limit), `${percent(share)} of ${n}`, points(margin));
}

const outcomeOf = ({ outcome }: Timed): string => outcome;

/** A cancelled attempt is neither good nor bad: it does not count as one. */
const callOutcomes = (link: string, { callsOf }: Sample): readonly string[] =>
  callsOf(link)
    .map(({ outcome }) => outcome)
    .filter((outcome) => outcome !== 'cancelled');

function evaluateDuration(threshold: Duration, sample: Sample): Finding {
  const { metric, aggregation, op, limit } = threshold;
  const seen = metric.of === 'calls' ? [] : arrivalsOf(metric, sample);
  const values = metric.of === 'calls' ? callDurations(metric.link, sample) : durationsOf(seen);
  const needed = samplesNeeded(threshold);
  if (values.length < needed) return tooFew(values.length, needed);
  const { avg, max } = distributionOf(values);
  const sorted = values.toSorted((a, b) => a - b);
  const value = { avg, max, p: aggregation.kind === 'p' ? percentileOf(sorted, aggregation.percent) : 0 }[
    aggregation.kind
  ];
  const lateness = distributionOf(latenessOf(seen)).p99;
  if (lateness > allowedLateness * limit) {
    return inconclusive(
      `${ms(value)} of ${values.length}`,
      `the load generator was late by ${ms(lateness)} (p99), more than 20 % of the limit`,
    );
  }
  const margin = op === '>=' || op === '>' ? value - limit : limit - value;
  return found(holds(value, op, limit), `${ms(value)} of ${values.length}`, signed(ms(margin)));
}

function arrivalsOf(metric: Exclude<Metric, { of: 'calls' }>, { requests, steps }: Sample): readonly Timed[] {
  switch (metric.of) {
    case 'orders':
      return requests.filter(isOrder);
    case 'loads':
      return requests.filter(({ load }) => load === metric.load);
    case 'steps':
      return steps.filter(({ journey, step }) => journey === metric.journey && step === metric.step);
    default:
      return metric satisfies never;
  }
}

const callDurations = (link: string, { callsOf }: Sample): readonly number[] =>
  callsOf(link)
    .filter(({ admitted, outcome }) => admitted && outcome !== 'cancelled')
    .map(({ start, end }) => end - start);

const tooFew = (n: number, needed: number): Finding =>
  inconclusive(counted(n, 'sample'), `too few samples: ${n}, and this limit needs ${needed}`);

/** Does a measured value keep to its limit? */
export function holds(value: number, op: Comparison, limit: number): boolean {
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
