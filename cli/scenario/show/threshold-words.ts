// A threshold as a sentence.
import type { Comparison, Metric, Threshold } from '../threshold.ts';
import { listed, share, spoken } from './spoken.ts';

export function thresholdWords(threshold: Threshold): string {
  const { during } = threshold;
  const when = during.length === 0 ? 'over all phases together' : `during ${listed(during)}`;
  return `${threshold.kind === 'share' ? shareWords(threshold) : durationWords(threshold)} ${when}.`;
}

// --- internal ---

type Of<K extends Threshold['kind']> = Extract<Threshold, { readonly kind: K }>;

const bounds: Readonly<Record<Comparison, string>> = {
  '>=': 'at least',
  '>': 'more than',
  '<=': 'at most',
  '<': 'less than',
};

function shareWords({ metric, op, limit }: Of<'share'>): string {
  const what = `of the ${subject(metric)} ${fate(metric)}`;
  if (limit === 0 && op === '<=') return `None ${what}`;
  if (limit === 1 && op === '>=') return `All ${what}`;
  const bound = bounds[op];
  return `${bound.slice(0, 1).toUpperCase()}${bound.slice(1)} ${share(limit)} ${what}`;
}

/** p(99) < 300ms: 99 % stay below it. p(99) > 300ms: the slowest 1 % do not. */
function durationWords({ metric, op, limit, aggregation }: Of<'duration'>): string {
  const [what, bound] = [subject(metric), `${bounds[op]} ${spoken(limit)}`];
  if (aggregation.kind !== 'p') {
    return aggregation.kind === 'avg'
      ? `On average the ${what} take ${bound}`
      : `The slowest of the ${what} takes ${bound}`;
  }
  const { percent } = aggregation;
  return op === '<' || op === '<='
    ? `${share(percent / 100)} of the ${what} take ${bound}`
    : `The slowest ${share(1 - percent / 100)} of the ${what} take ${bound}`;
}

function subject(metric: Metric): string {
  switch (metric.of) {
    case 'orders':
      return 'orders';
    case 'loads':
      return `arrivals of load ${metric.load}`;
    case 'steps':
      return `requests of step ${metric.step} of ${metric.journey}`;
    case 'calls':
      return `calls over ${metric.link}`;
    default:
      return metric satisfies never;
  }
}

const fates = {
  success: 'succeed',
  declined: 'are declined',
  rejected: 'are refused at once because something behind them is cut off (rejected)',
  failed: 'fail',
  unknown: 'end without an answer (unknown)',
  dropped: 'are dropped before they are sent',
  failure: 'fail',
  duration: 'last',
} as const;

const fate = ({ of, what }: Metric): string =>
  of === 'calls' && what === 'rejected' ? 'are refused by its breaker' : fates[what];
