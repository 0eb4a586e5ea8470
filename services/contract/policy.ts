// The resilience policy of a link, as data: declared beside the link, shown by GET /breakers, overridable by a run.
// What counts under either rule: a completed call that was a success or a failure, in order of completion.
import { z } from 'zod';

const openForMs = z.number().positive().describe('From the opening to the half-open probe, ms.');

/** Opened by `failureThreshold` failures in a row; then one half-open probe after `openForMs`. */
const consecutivePolicySchema = z.strictObject({
  rule: z.literal('consecutive').describe('Failures in a row open it.'),
  failureThreshold: z.int().min(1).describe('How many of them.'),
  openForMs,
});

/**
 * Opened at a failure, once at least `minimum` calls completed less than `windowMs` ago, this one included, and at least
 * `percent` of them failed. The window is emptied when the breaker closes; a probe never counts in it.
 */
const ratePolicySchema = z.strictObject({
  rule: z.literal('rate').describe('A share of failures opens it.'),
  windowMs: z.number().positive().describe('How far back calls count, ms.'),
  minimum: z.int().min(1).describe('Fewer calls never open it.'),
  percent: z.number().positive().max(100).describe('So many of them failed.'),
  openForMs,
});

export const breakerPolicySchema = z.discriminatedUnion('rule', [consecutivePolicySchema, ratePolicySchema]);

export const policySchema = z
  .strictObject({
    timeoutMs: z.number().positive().describe('Per try, ms; the socket is really aborted.'),
    breaker: breakerPolicySchema.nullable().describe('null: none, every call is admitted.'),
  })
  .refine(({ timeoutMs, breaker }) => breaker === null || timeoutMs < breaker.openForMs, {
    error: 'timeout must be shorter than openFor, else a call from before the opening would decide the half-open state',
  });

export type ConsecutivePolicy = Readonly<z.infer<typeof consecutivePolicySchema>>;
export type RatePolicy = Readonly<z.infer<typeof ratePolicySchema>>;
export type BreakerPolicy = Readonly<z.infer<typeof breakerPolicySchema>>;
export type Policy = Readonly<z.infer<typeof policySchema>>;
