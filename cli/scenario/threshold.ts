// The grammar of a threshold. What it means for a run is decided in verdict/threshold.ts.
//
//   threshold   = metric [ aggregation ] op value [ "during" phase { "," phase } ]
//   metric      = "orders." ( outcome | "duration" ) | "calls." link "." ( "success" | "failure" | "rejected" | "duration" )
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
  | { readonly of: 'orders'; readonly what: Outcome | 'duration' }
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

// --- internal ---

const comparisons = ['>=', '<=', '>', '<'] as const;
const orderMetrics = [...outcomes, 'duration'] as const;
const callMetrics = ['success', 'failure', 'rejected', 'duration'] as const;

const refused = (message: string): ParsedThreshold => ({ ok: false, message });

/** A string says what is wrong. */
function parseMetric(text: string): Metric | string {
  const [of, ...rest] = text.split('.');
  const last = rest.at(-1) ?? '';
  if (of === 'orders' && rest.length === 1) {
    const what = orderMetrics.find((name) => name === last);
    return what === undefined
      ? unknownWord(
          'metric',
          text,
          orderMetrics.map((name) => `orders.${name}`),
        )
      : { of, what };
  }
  if (of === 'calls' && rest.length === 2) {
    const link = linkOf(rest[0] ?? '');
    if (link === undefined) return unknownWord('link', rest[0] ?? '', linkIds);
    const what = callMetrics.find((name) => name === last);
    return what === undefined
      ? unknownWord(
          'metric',
          text,
          callMetrics.map((name) => `calls.${link}.${name}`),
        )
      : { of, link, what };
  }
  return unknownWord('metric', text, [...orderMetrics.map((name) => `orders.${name}`), 'calls.<link>.success']);
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
