// How an order is placed, step by step over ports. No transaction is open while another service is asked.
//
//   user known? ─▶ hold stock ─▶ CHARGING (written before the charge is sent) ─▶ charge ─▶ CONFIRMED ─▶ commit the hold
//                                     └─ declined, failed, rejected: FAILED and the hold is given back
import type { CallContext } from '../shared/call-context.ts';
import { isUnsent } from '../shared/cut-off.ts';
import type { Log } from '../shared/log.ts';
import { ProblemError, problemError } from '../shared/problem.ts';
import type { Bank, Order, Orders, Stock, Users } from './ports.ts';
import type { PlaceOrderBody } from './schemas.ts';

export interface PlaceOrderPorts {
  readonly users: Users;
  readonly stock: Stock;
  readonly bank: Bank;
  readonly orders: Orders;
  readonly newOrderId: () => string;
  readonly log: Pick<Log, 'warn'>;
}

/** The confirmed order; throws the problem to answer with where there is none. */
export async function placeOrder(
  ports: PlaceOrderPorts,
  { user_id, item_id, quantity }: PlaceOrderBody,
  context: CallContext,
): Promise<Order> {
  const { users, stock, orders, newOrderId } = ports;
  const user = await users.find(user_id, context);
  if (user === undefined) throw problemError('user-not-found', { detail: `no user ${user_id}` });

  const id = newOrderId();
  const hold = { orderId: id, itemId: item_id, quantity };
  const reserved = await orGiveBack(ports, id, context, () => stock.reserve(hold, context));
  if (reserved.kind !== 'held') throw problemError(reserved.kind, { detail: `${quantity} of item ${item_id}` });

  const order: Order = {
    id,
    userId: user_id,
    itemId: item_id,
    quantity,
    amountCents: reserved.priceCents * quantity,
    status: 'CHARGING',
    reason: null,
    key: context.key ?? null,
    arrival: context.arrival ?? null,
    run: user.run,
  };
  await orGiveBack(ports, id, context, () => orders.add(order));
  await charge(ports, order, context);
  await orders.confirm(id, context.key);
  // The order stands whatever becomes of this: the hold only waits to be counted as sold.
  await quietly(ports, 'commit', () => stock.commit(id, context));
  return { ...order, status: 'CONFIRMED' };
}

async function charge(ports: PlaceOrderPorts, order: Order, context: CallContext): Promise<void> {
  const { id, amountCents, run } = order;
  try {
    const answer = await ports.bank.charge({ key: `charge-${id}`, orderId: id, amountCents, run }, context);
    if (answer === 'declined') throw problemError('payment-declined', { detail: `order ${id}` });
  } catch (error) {
    const reason = error instanceof ProblemError ? error.problem.code : 'internal';
    await Promise.all([
      quietly(ports, 'fail', () => ports.orders.fail(id, reason, context.key)),
      quietly(ports, 'release', () => ports.stock.release(id, context)),
    ]);
    throw error;
  }
}

/** Runs a step; where it fails, gives back the stock that it may have held all the same. */
async function orGiveBack<T>(
  ports: PlaceOrderPorts,
  orderId: string,
  context: CallContext,
  step: () => Promise<T>,
): Promise<T> {
  try {
    return await step();
  } catch (error) {
    // Where the reservation was never sent there is nothing to give back.
    if (!isUnsent(error)) await quietly(ports, 'release', () => ports.stock.release(orderId, context));
    throw error;
  }
}

/** Cleaning up takes as long as its links' timeouts at most, and never changes the answer. */
async function quietly({ log }: PlaceOrderPorts, step: string, act: () => Promise<void>): Promise<void> {
  await act().catch((error: unknown) => {
    if (!(error instanceof ProblemError)) log.warn('a step after the answer failed', { step, error: String(error) });
  });
}
