// RFC 9457 problem details, as every service answers errors. `code` is the machine's word, `detail` the person's.
import { z } from 'zod';

export const problemCodes = [
  'invalid-request',
  'not-found',
  'user-not-found',
  'item-not-found',
  'out-of-stock',
  'payment-declined',
  /** A breaker here refused the call: nothing was sent to the dependency. */
  'dependency-rejected',
  /** A dependency behind this service failed or timed out. This service itself is well. */
  'dependency-failed',
  /** This service cannot serve: its own database failed or it is starting. */
  'unavailable',
  'conflict',
  'unauthorized',
  /** A failpoint answered (httpError). */
  'injected-fault',
  'internal',
] as const;

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(problemCodes),
  detail: z.string().optional(),
  /** The link that was cut off, for dependency-* codes. */
  link: z.string().optional(),
});

export type ProblemCode = (typeof problemCodes)[number];
export type Problem = Readonly<z.infer<typeof problemSchema>>;
