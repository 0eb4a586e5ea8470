// The order service: places orders with the help of user, inventory and payment.
import type { FastifyInstance } from 'fastify';
import { contextOf } from '../shared/call-context.ts';
import type { Door } from '../shared/door.ts';
import { lazy } from '../shared/lazy.ts';
import { problemError } from '../shared/problem.ts';
import { buildServer } from '../shared/server.ts';
import { checked } from '../shared/validate.ts';
import { type PlaceOrderPorts, placeOrder } from './place-order.ts';
import type { Order } from './ports.ts';

const schemas = lazy(() => import('./schemas.ts'));

export interface OrderParts extends Omit<PlaceOrderPorts, 'log'> {
  readonly door: Door;
}

export const buildOrderApp = ({ door, ...ports }: OrderParts): FastifyInstance =>
  buildServer({
    door,
    about: 'SmartOrders order service: places orders and knows what became of them',
    routes: (scope) => {
      scope.post('/place-order', async (request, reply) => {
        const { placeOrderSchema } = await schemas();
        const wanted = checked(placeOrderSchema, request.body);
        const order = await placeOrder({ ...ports, log: door.log }, wanted, contextOf(request));
        return reply.code(201).send(viewOf(order));
      });
      scope.get<{ Params: { id: string } }>('/orders/:id', async (request) => {
        const { id } = request.params;
        const order = await ports.orders.find(id, contextOf(request).key);
        if (order === undefined) throw problemError('not-found', { detail: `no order ${id}` });
        return viewOf(order);
      });
    },
  });

const viewOf = ({ id, userId, itemId, quantity, amountCents, status, reason }: Order) => ({
  order_id: id,
  status: status.toLowerCase(),
  user_id: userId,
  item_id: itemId,
  quantity,
  amount_cents: amountCents,
  ...(reason === null ? {} : { reason }),
});
