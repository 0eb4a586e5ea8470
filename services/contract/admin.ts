// The admin routes of every service: for the testbench only, behind `Authorization: Bearer <token>`, never through a proxy.
import { z } from 'zod';
import { breakerStates, windowSchema } from './events.ts';
import { policySchema } from './policy.ts';

export { adminPaths } from './admin-paths.ts';

/** What an event stream says first, and what /admin/clock answers. `now`: CLOCK_MONOTONIC, ms. `seq`: the last event made. */
export const clockSchema = z.object({ src: z.string(), now: z.number(), seq: z.int().min(0) });

export const policiesSchema = z.object({ links: z.record(z.string(), policySchema) });

const failpointBase = {
  /** `METHOD /route/:with/:params` as the service registers it; absent: every business route. */
  route: z.string().optional(),
  /** Share of requests to hit, decided per request by a hash of (seed, fault, arrival, link). */
  probability: z.number().min(0).max(1).default(1),
  /** Of the requests that route and probability decide for, how many pass before the first is hit; absent: none. */
  skipFirst: z.int().min(0).optional(),
  /** How many are hit after those; all later ones pass. Absent: no limit. Both count anew when the failpoint is set again. */
  failCount: z.int().min(1).optional(),
  /** The service forgets the failpoint by itself after this long, ms. */
  ttlMs: z.number().positive(),
  seed: z.int(),
};

export const failpointSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('httpError'), status: z.int().min(400).max(599), ...failpointBase }),
  z.strictObject({ type: z.literal('httpDelay'), delayMs: z.number().min(0), ...failpointBase }),
  /** The payment service answers 402 as if the bank had said no. */
  z.strictObject({ type: z.literal('decline'), ...failpointBase }),
]);

/** GET /admin/failpoints. */
export const failpointViewsSchema = z.array(
  z.intersection(failpointSchema, z.object({ id: z.string(), hits: z.int().min(0) })),
);

export const forcedStates = ['open', 'closed', 'disabled', 'auto'] as const;

/** PUT /admin/breakers/:link. `auto`: as its policy says, closed at first. `disabled`: lets everything through and counts nothing. */
export const forceSchema = z.strictObject({ state: z.enum(forcedStates) });

export const breakerViewSchema = z.object({
  link: z.string(),
  policy: policySchema,
  state: z.enum([...breakerStates, 'off']),
  /** Held in this state by hand; absent: it does as its policy says. */
  forced: z.enum(['open', 'closed', 'disabled']).optional(),
  streak: z.int().min(0),
  /** Only where the policy's rule is `rate`. */
  window: windowSchema.optional(),
  generation: z.int().min(0),
  /** ms in this state. */
  ageMs: z.number(),
});

/** GET /breakers, public. */
export const breakersSchema = z.object({ service: z.string(), breakers: z.array(breakerViewSchema) });

export const newUsersSchema = z.object({
  run: z.string(),
  users: z.array(z.object({ id: z.string().min(1), name: z.string().min(1) })),
});
export const newItemsSchema = z.object({
  run: z.string(),
  items: z.array(
    z.object({ id: z.string().min(1), name: z.string().min(1), stock: z.int().min(0), priceCents: z.int().min(1) }),
  ),
});

export type Clock = Readonly<z.infer<typeof clockSchema>>;
export type Policies = Readonly<z.infer<typeof policiesSchema>>;
export type ForcedState = (typeof forcedStates)[number];
export type Failpoint = Readonly<z.infer<typeof failpointSchema>>;
export type FailpointView = Readonly<z.infer<typeof failpointViewsSchema>[number]>;
export type BreakerView = Readonly<z.infer<typeof breakerViewSchema>>;
export type Breakers = Readonly<z.infer<typeof breakersSchema>>;
export type NewUsers = Readonly<z.infer<typeof newUsersSchema>>;
export type NewItems = Readonly<z.infer<typeof newItemsSchema>>;
