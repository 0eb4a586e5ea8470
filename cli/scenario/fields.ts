// The building blocks of the scenario's schema: strict objects, durations, rates and link names with errors that teach.
import { z } from 'zod';
import { type LinkId, linkIds } from '../../services/fleet.ts';
import { durationPattern, parseDuration } from './duration.ts';
import { unknownWord } from './nearest.ts';

/** One line per unknown key, in the order of the issue's `keys`. */
export const strict = <S extends z.ZodRawShape>(shape: S) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => unknownWord('key', key, Object.keys(shape))).join('\n')
        : issue.input === undefined
          ? `is missing; it needs a map with ${Object.keys(shape).join(', ')}`
          : `expected a map with ${Object.keys(shape).join(', ')}`,
  });

/** What a value must be; a missing one is told apart from a wrong one. */
export const expected = (what: string) => ({
  error: ({ input }: { readonly input?: unknown }) =>
    `${input === undefined ? 'is missing; it needs' : 'expected'} ${what}`,
});

const measured = (what: string, example: string, units: string) => ({
  error: ({ input }: { readonly input?: unknown }) =>
    input === undefined
      ? `is missing; it needs ${what} such as ${example}`
      : typeof input === 'number'
        ? `${what} needs its unit (${units}): ${input} alone does not say of what; write ${example}`
        : `expected ${what} such as ${example}`,
});

/** A timer of Node overflows after 24 days; nobody waits for one. */
const longestMs = 24 * 3_600_000;

/** May be zero. */
export const duration = z
  .string(measured('a duration', '500ms, 3s or 2m', 'ms, s or m'))
  .regex(durationPattern, 'expected a duration such as 500ms, 3s or 2m')
  .transform((text) => parseDuration(text) ?? 0)
  .refine((ms) => ms <= longestMs, 'is at most 24 hours; that is 1440m');

export const positiveDuration = duration.refine((ms) => ms > 0, 'must be longer than zero');

const ratePattern = /^(\d{1,12}(?:\.\d{1,12})?)\/s$/;
/** `40/s` → 40. */
export const rate = z
  .string(measured('a rate', '40/s', '/s'))
  .regex(ratePattern, 'expected a rate such as 40/s')
  .transform((text) => Number.parseFloat(text))
  .refine((perSecond) => perSecond > 0, 'must be more than zero')
  .refine((perSecond) => perSecond <= 20_000, 'is at most 20000/s; more than one generator can send on time');

const throughputPattern = /^(\d{1,12}(?:\.\d{1,12})?)(KB|MB)\/s$/;
/** `10KB/s` → 10. A KB is 1000 bytes, as Toxiproxy counts it. */
export const throughput = z
  .string(measured('a throughput', '10KB/s', 'KB/s or MB/s'))
  .regex(throughputPattern, 'expected a throughput such as 10KB/s or 1MB/s')
  .transform((text) => Number.parseFloat(text) * (text.endsWith('MB/s') ? 1_000 : 1))
  .refine((value) => value >= 1 && Number.isInteger(value), 'must be a whole number of KB/s, at least 1');

const percentPattern = /^(\d{1,12}(?:\.\d{1,12})?)%$/;
/** `50%` → 50. */
export const percentage = z
  .string(measured('a percentage', '50%', '%'))
  .regex(percentPattern, 'expected a percentage such as 50%')
  .transform((text) => Number.parseFloat(text))
  .refine((percent) => percent > 0 && percent <= 100, 'a percentage is above 0% and at most 100%');

/** A stretch of a phase: a time, or a share of the phase's length. */
export type Extent = { readonly ms: number } | { readonly share: number };

/** `4s` → { ms: 4000 }, `25%` → { share: 0.25 }. */
export const extent = z
  .string(measured('a duration or a share of the phase', '4s or 25%', 'ms, s, m or %'))
  .regex(/^(\d{1,12}(?:\.\d{1,12})?)(ms|s|m|%)$/, 'expected a duration such as 4s, or a share such as 25%')
  .transform((text): Extent => {
    const ms = parseDuration(text);
    return ms === undefined ? { share: Number.parseFloat(text) / 100 } : { ms };
  })
  .refine((part) => 'ms' in part || part.share <= 1, 'is at most 100%');

/** ms of a phase that takes `wholeMs`. */
export const msOf = (part: Extent, wholeMs: number): number => ('ms' in part ? part.ms : part.share * wholeMs);

export const wholeNumber = (min: number): z.ZodInt =>
  z.int(expected('a whole number')).min(min, `must be at least ${min}`);

const linkWord = z.string(expected('a link such as order->payment')).meta({ enum: linkIds });
/** `order->payment`, or `order:payment` as on a command line. */
export const linkName = linkWord.transform((text, context): LinkId => {
  const link = linkOf(text);
  if (link !== undefined) return link;
  context.issues.push({ code: 'custom', message: unknownWord('link', text, linkIds), input: text });
  return z.NEVER;
});

/** undefined: no such link. */
export const linkOf = (text: string): LinkId | undefined => {
  const canonical = text.replace(/^([a-z]+):/, '$1->');
  return linkIds.find((id) => id === canonical);
};

export const identifier = z
  .string(expected('a name such as payment-outage'))
  .regex(/^[a-z][a-z0-9-]*$/, 'a name is lower-case letters, digits and hyphens, such as payment-outage');
