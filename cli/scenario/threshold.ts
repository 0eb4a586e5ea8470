// The grammar of a threshold. What it means for a run is decided in verdict/threshold.ts.
//
//   threshold   = metric [ aggregation ] op value [ "during" phase { "," phase } ]
//   metric      = ( "orders" | "loads." load | "steps." journey "." step ) "." ( outcome | "duration" )
//               | "calls." link "." ( "success" | "failure" | "rejected" | "duration" )
//   outcome     = "success" | "declined" | "rejected" | "failed" | "unknown" | "dropped"
//   link        = caller ( "->" | ":" ) callee
//   aggregation = "p(" number ")" | "avg" | "max"            (durations need one, shares have none)
//   op          = ">=" | ">" | "<=" | "<"
//   value       = number "%" (share) | number ( "ms" | "s" | "m" ) (duration)
import { z } from 'zod';
import { type Outcome, outcomes } from '../../services/contract/events.ts';
import { type LinkId, linkIds } from '../../services/fleet.ts';
import { parseDuration } from './duration.ts';
import { linkOf } from './fields.ts';
import { unknownWord } from './nearest.ts';

export type Metric =
  /** Arrivals of all journeys that place orders. */
  | { readonly of: 'orders'; readonly what: Outcome | 'duration' }
  /** Arrivals of one load. */
  | { readonly of: 'loads'; readonly load: string; readonly what: Outcome | 'duration' }
  /** One step of a journey, in whatever load. */
  | { readonly of: 'steps'; readonly journey: string; readonly step: string; readonly what: Outcome | 'duration' }
  | { readonly of: 'calls'; readonly link: LinkId; readonly what: 'success' | 'failure' | 'rejected' | 'duration' };

export type Aggregation = { readonly kind: 'p'; readonly percent: number } | { readonly kind: 'avg' | 'max' };
export type Comparison = '>=' | '>' | '<=' | '<';

interface Common {
  /** As written, with single spaces. */
  readonly text: string;
  readonly metric: Metric;
  readonly op: Comparison;
  /** Empty: all judged phases. */
  readonly during: readonly string[];
}
/** `limit` is a share 0..1, or ms. */
export type Threshold = Common &
  (
    | { readonly kind: 'share'; readonly limit: number }
    | { readonly kind: 'duration'; readonly aggregation: Aggregation; readonly limit: number }
  );

export type ParsedThreshold =
  | { readonly ok: true; readonly threshold: Threshold }
  | { readonly ok: false; readonly message: string };

const form = /^(\S+)(?:\s+([^\s<>=]+))?\s*(>=|<=|>|<)\s*([^\s<>=]+)(?:\s+during\s+(\S.*))?$/;

export function parseThreshold(text: string): ParsedThreshold {
  const match = form.exec(text.trim());
  if (match === null)
    return refused('not a threshold; write metric op value, such as orders.success >= 99% during baseline');
  const [, metricText = '', aggregationText, opText, value = '', duringText] = match;
  const op = comparisons.find((candidate) => candidate === opText);
  const metric = parseMetric(metricText);
  if (typeof metric === 'string') return refused(metric);
  if (op === undefined) return refused(`unknown comparison; known: ${comparisons.join(', ')}`);
  const during = duringText?.split(',').map((name) => name.trim()) ?? [];
  const common = { text: text.trim().replaceAll(/\s+/g, ' '), metric, op, during };
  return metric.what === 'duration'
    ? parseDurationLimit(common, aggregationText, value)
    : parseShareLimit(common, aggregationText, value);
}

export const thresholdSchema = z
  .string('expected a threshold such as orders.success >= 99% during baseline')
  .transform((text, context): Threshold => {
    const parsed = parseThreshold(text);
    if (parsed.ok) return parsed.threshold;
    context.issues.push({ code: 'custom', message: parsed.message, input: text });
    return z.NEVER;
  });

/** `p(99) < 20ms`: a limit on a duration whose metric is known from where it stands. `limit` in ms. */
export interface FailFast {
  readonly text: string;
  readonly aggregation: Aggregation;
  readonly op: '<' | '<=';
  readonly limit: number;
}

/** A string says what is wrong. */
export function parseFailFast(text: string): FailFast | string {
  const [, aggregationText, op, value = ''] = /^(\S+)\s*(<=|<)\s*(\S+)$/.exec(text.trim()) ?? [];
  if (op !== '<' && op !== '<=') return 'not a limit on a duration; write one such as p(99) < 20ms';
  const aggregation = parseAggregation(aggregationText);
  const limit = parseDuration(value);
  if (typeof aggregation === 'string') return aggregation;
  if (limit === undefined || limit === 0)
    return `"${value}" is not a duration above zero; write one with its unit, such as 20ms`;
  return { text: text.trim().replaceAll(/\s+/g, ' '), aggregation, op, limit };
}

/** As it is written. */
export function metricName(metric: Metric): string {
  switch (metric.of) {
    case 'orders':
      return `orders.${metric.what}`;
    case 'loads':
      return `loads.${metric.load}.${metric.what}`;
    case 'steps':
      return `steps.${metric.journey}.${metric.step}.${metric.what}`;
    case 'calls':
      return `calls.${metric.link}.${metric.what}`;
    default:
      return metric satisfies never;
  }
}

/** `orders.duration p(99) during outage`: what is measured, without the limit. */
export function titleOf({ metric, during, ...threshold }: Threshold): string {
  const aggregation = threshold.kind === 'duration' ? [aggregationText(threshold.aggregation)] : [];
  return [metricName(metric), ...aggregation, ...(during.length === 0 ? [] : [`during ${during.join(', ')}`])].join(
    ' ',
  );
}

// --- internal ---

const aggregationText = (aggregation: Aggregation): string =>
  aggregation.kind === 'p' ? `p(${aggregation.percent})` : aggregation.kind;

const comparisons = ['>=', '<=', '>', '<'] as const;
const orderMetrics = [...outcomes, 'duration'] as const;
const callMetrics = ['success', 'failure', 'rejected', 'duration'] as const;

const refused = (message: string): ParsedThreshold => ({ ok: false, message });

/** A string says what is wrong. */
function parseMetric(text: string): Metric | string {
  const [of = '', ...rest] = text.split('.');
  const last = rest.at(-1) ?? '';
  const names = rest.slice(0, -1);
  const [first = '', second = ''] = names;
  const arity = arities[of];
  if (arity === undefined || names.length !== arity) return unknownWord('metric', text, metricForms);
  if (of === 'calls') {
    const link = linkOf(first);
    if (link === undefined) return unknownWord('link', first, linkIds);
    const what = callMetrics.find((name) => name === last);
    return what === undefined ? unknownMetric(text, callMetrics) : { of, link, what };
  }
  const what = orderMetrics.find((name) => name === last);
  if (what === undefined) return unknownMetric(text, orderMetrics);
  if (of === 'loads') return { of, load: first, what };
  return of === 'steps' ? { of, journey: first, step: second, what } : { of: 'orders', what };
}

/** How many names stand between the first word and the last. */
const arities: Readonly<Record<string, number>> = { orders: 0, loads: 1, steps: 2, calls: 1 };

const metricForms = [
  ...orderMetrics.map((name) => `orders.${name}`),
  'loads.<load>.success',
  'steps.<journey>.<step>.success',
  'calls.<link>.success',
];

function unknownMetric(text: string, whats: readonly string[]): string {
  const stem = text.slice(0, text.lastIndexOf('.'));
  return unknownWord(
    'metric',
    text,
    whats.map((what) => `${stem}.${what}`),
  );
}

function parseShareLimit(common: Common, aggregation: string | undefined, value: string): ParsedThreshold {
  if (aggregation !== undefined)
    return refused(`a share takes no ${aggregation}; it is one number for the whole window`);
  const [, amount] = /^(\d+(?:\.\d+)?)%$/.exec(value) ?? [];
  if (amount === undefined) return refused(`"${value}" is not a share; write a percentage such as 99%`);
  const limit = Number(amount) / 100;
  if (limit > 1) return refused(`a share is at most 100%; ${value} can never be reached`);
  const always = (common.op === '>=' && limit === 0) || (common.op === '<=' && limit === 1);
  if (always) return refused(`${common.op} ${value} always holds; it promises nothing`);
  const never = (common.op === '>' && limit === 1) || (common.op === '<' && limit === 0);
  if (never) return refused(`${common.op} ${value} can never hold; did you mean ${common.op}= ${value}?`);
  return { ok: true, threshold: { ...common, kind: 'share', limit } };
}

function parseDurationLimit(common: Common, text: string | undefined, value: string): ParsedThreshold {
  const aggregation = parseAggregation(text);
  if (typeof aggregation === 'string') return refused(aggregation);
  const limit = parseDuration(value);
  if (limit === undefined) return refused(`"${value}" is not a duration; write one with its unit, such as 300ms`);
  if (limit === 0) return refused('a duration limit must be above zero');
  return { ok: true, threshold: { ...common, kind: 'duration', aggregation, limit } };
}

function parseAggregation(text: string | undefined): Aggregation | string {
  if (text === 'avg' || text === 'max') return { kind: text };
  if (text === undefined) return 'a duration needs an aggregation; write p(99), avg or max before the comparison';
  const percent = Number(/^p\((\d+(?:\.\d+)?)\)$/.exec(text)?.[1] ?? Number.NaN);
  if (Number.isNaN(percent)) return unknownWord('aggregation', text, ['p(99)', 'p(95)', 'avg', 'max']);
  return percent > 0 && percent < 100
    ? { kind: 'p', percent }
    : 'a percentile is above 0 and below 100; for 100 write max';
}
