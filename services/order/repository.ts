// Orders in PostgreSQL. Each change of state is one statement that names the state it comes from.
import type { Sql } from '../shared/database.ts';
import type { Order, OrderStatus, Orders } from './ports.ts';

type OrderRow = Readonly<{
  id: string;
  user_id: string;
  item_id: string;
  quantity: number;
  /** bigint, which pg hands out as text. */
  amount_cents: string;
  status: OrderStatus;
  reason: string | null;
  idempotency_key: string | null;
  arrival: string | null;
  run: string | null;
}>;

const columns = 'id, user_id, item_id, quantity, amount_cents, status, reason, idempotency_key, arrival, run';
const addOrder = {
  name: 'add-order',
  text: `INSERT INTO orders (${columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
};
const confirmOrder = {
  name: 'confirm-order',
  text: `UPDATE orders SET status = 'CONFIRMED', updated_at = now() WHERE id = $1 AND status = 'CHARGING'`,
};
const failOrder = {
  name: 'fail-order',
  text: `UPDATE orders SET status = 'FAILED', reason = $2, updated_at = now() WHERE id = $1 AND status = 'CHARGING'`,
};
const findOrder = { name: 'find-order', text: `SELECT ${columns} FROM orders WHERE id = $1` };

export const createOrders = (sql: Sql): Orders => ({
  add: async ({ id, userId, itemId, quantity, amountCents, status, reason, key, arrival, run }) => {
    const values = [id, userId, itemId, quantity, amountCents, status, reason, key, arrival, run];
    await sql.query(addOrder, values, { key: key ?? undefined });
  },
  confirm: async (orderId, key) => {
    await sql.query(confirmOrder, [orderId], { key });
  },
  fail: async (orderId, reason, key) => {
    await sql.query(failOrder, [orderId, reason], { key });
  },
  find: async (orderId, key) => {
    const [row] = await sql.query<OrderRow>(findOrder, [orderId], { key });
    return row === undefined ? undefined : orderOf(row);
  },
});

const orderOf = ({ user_id, item_id, amount_cents, idempotency_key, ...same }: OrderRow): Order => ({
  ...same,
  userId: user_id,
  itemId: item_id,
  amountCents: Number(amount_cents),
  key: idempotency_key,
});
