// The grammar of a stop condition: a threshold over a sliding window, at which a run is stopped and undone. What it means for a
// run is decided in verdict/stop-conditions.ts.
//
//   stop condition = metric [ aggregation ] op value "for" duration         (without "during": it watches every phase)
import { z } from 'zod';
import { formatDuration, parseDuration } from './duration.ts';
import { parseThreshold, type Threshold } from './threshold.ts';

export interface StopCondition {
  /** As written, with single spaces. */
  readonly text: string;
  readonly threshold: Threshold;
  readonly windowMs: number;
}

/** How often a running run is asked. */
export const askedEveryMs = 1_000;

/** A string says what is wrong. */
export function parseStopCondition(text: string): StopCondition | string {
  const [, limit, window = ''] = /^(\S.*?)\s+for\s+(\S+)$/.exec(text.trim()) ?? [];
  if (limit === undefined) return 'names no window; write one, such as orders.failed > 50% for 3s';
  const windowMs = parseDuration(window);
  if (windowMs === undefined) return `"${window}" is not a duration; write one with its unit, such as 3s`;
  if (windowMs < askedEveryMs)
    return `a window of ${window} is too short; a run is asked every ${formatDuration(askedEveryMs)}`;
  const parsed = parseThreshold(limit);
  if (!parsed.ok) return parsed.message;
  const { threshold } = parsed;
  if (threshold.during.length > 0) return 'a stop condition watches the last moments of every phase; leave during out';
  if (holdsWhereAllIsWell(threshold))
    return 'holds where all is well, so that every run would be stopped; turn the comparison round';
  return { text: text.trim().replaceAll(/\s+/g, ' '), threshold, windowMs };
}

export const stopConditionSchema = z
  .string('expected a stop condition such as orders.failed > 50% for 3s')
  .transform((text, context): StopCondition => {
    const parsed = parseStopCondition(text);
    if (typeof parsed !== 'string') return parsed;
    context.issues.push({ code: 'custom', message: parsed, input: text });
    return z.NEVER;
  });

// --- internal ---

/** All succeed, and fast. */
const holdsWhereAllIsWell = ({ metric, op }: Threshold): boolean =>
  (metric.what === 'success') === (op === '>' || op === '>=');
