// The resilience policy of a link, as data: declared beside the link, shown by GET /breakers, overridable by a run.
import { z } from 'zod';

/** Opened by `failureThreshold` failures in a row, in order of completion; then one half-open probe after `openForMs`. */
export const breakerPolicySchema = z.strictObject({
  rule: z.literal('consecutive'),
  failureThreshold: z.int().min(1),
  openForMs: z.number().positive(),
});

export const policySchema = z
  .strictObject({
    /** Per try, ms; the socket is really aborted. */
    timeoutMs: z.number().positive(),
    /** null: no breaker, every call is admitted. */
    breaker: breakerPolicySchema.nullable(),
  })
  .refine(({ timeoutMs, breaker }) => breaker === null || timeoutMs < breaker.openForMs, {
    error: 'timeout must be shorter than openFor, else a call from before the opening would decide the half-open state',
  });

export type BreakerPolicy = Readonly<z.infer<typeof breakerPolicySchema>>;
export type Policy = Readonly<z.infer<typeof policySchema>>;
