import { z } from 'zod';

export { newItemsSchema } from '../contract/admin.ts';

export const reservationRequestSchema = z.strictObject({
  order_id: z.string().min(1).max(300),
  item_id: z.string().min(1).max(300),
  quantity: z.int().min(1).max(1_000_000),
});

export type ReservationRequest = Readonly<z.infer<typeof reservationRequestSchema>>;
