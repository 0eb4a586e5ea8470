import { z } from 'zod';

const id = z.string().min(1).max(300);

export const placeOrderSchema = z.strictObject({
  user_id: id,
  item_id: id,
  quantity: z.int().min(1).max(1_000_000).default(1),
});

/** What the order service reads of its dependencies' answers. */
export const userAnswerSchema = z.object({ id: z.string(), run: z.string().nullable() });
export const reservationAnswerSchema = z.object({ price_cents: z.int().min(1) });

export type PlaceOrderBody = Readonly<z.infer<typeof placeOrderSchema>>;
