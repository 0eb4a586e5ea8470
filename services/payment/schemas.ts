import { z } from 'zod';

export const chargeRequestSchema = z.strictObject({
  /** One per order and step, the same for every try of it. */
  key: z.string().min(1).max(300),
  order_id: z.string().min(1).max(300),
  amount_cents: z.int().min(1),
  run: z.string().nullable().default(null),
});

export type ChargeRequest = Readonly<z.infer<typeof chargeRequestSchema>>;
