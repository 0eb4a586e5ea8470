// A fault that stands on a fleet, in words: who set it, on what, how strong, for how long. No more than a person is told.
import { z } from 'zod';
import { forcedStates } from '../../services/contract/admin.ts';

export const faultWordsSchema = z.object({
  /** `outage/1` of a scenario, `hand/1` of a person. */
  fault: z.string(),
  kind: z.string(),
  /** A link id or a service. */
  target: z.string(),
  dose: z.string(),
});
export type FaultWords = Readonly<z.infer<typeof faultWordsSchema>>;

export const standingFaultSchema = z.object({
  ...faultWordsSchema.shape,
  by: z.enum(['plan', 'hand']),
  /** The run whose plan has it; null: set by hand. */
  run: z.string().nullable(),
  ageMs: z.number(),
  /** Until the keeper undoes it by itself; 0: it is being undone. */
  leftMs: z.number(),
});
export type StandingFault = Readonly<z.infer<typeof standingFaultSchema>>;

/** What a hand does to the fleet of a run: told to the run while it is on. */
export const byHandSchema = z.discriminatedUnion('change', [
  z.object({ change: z.literal('set'), ...faultWordsSchema.shape, ttlMs: z.number() }),
  z.object({ change: z.literal('cleared'), fault: z.string() }),
  z.object({ change: z.literal('breaker'), link: z.string(), to: z.enum(forcedStates) }),
  /** Everything of the run's was undone: it is over. */
  z.object({ change: z.literal('reset') }),
]);
