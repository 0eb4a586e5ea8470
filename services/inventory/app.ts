// The inventory service: what is left of an item, and who holds how much of it.
import type { FastifyInstance } from 'fastify';
import { adminPaths } from '../contract/admin-paths.ts';
import { contextOf } from '../shared/call-context.ts';
import type { Door } from '../shared/door.ts';
import { lazy } from '../shared/lazy.ts';
import { problemError } from '../shared/problem.ts';
import { buildServer } from '../shared/server.ts';
import { checked } from '../shared/validate.ts';
import type { Reservation, Stock } from './repository.ts';
import type { ReservationRequest } from './schemas.ts';

const schemas = lazy(() => import('./schemas.ts'));

export interface InventoryParts {
  readonly door: Door;
  readonly stock: Stock;
}

interface OrderRoute {
  Params: { order_id: string };
}

export const buildInventoryApp = ({ door, stock }: InventoryParts): FastifyInstance =>
  buildServer({
    door,
    about: 'SmartOrders inventory service: items, their stock and the reservations of it',
    routes: (scope) => {
      scope.get<{ Params: { id: string } }>('/items/:id', async (request) => {
        const { id } = request.params;
        const item = await stock.find(id, contextOf(request).key);
        if (item === undefined) throw problemError('item-not-found', { detail: `no item ${id}` });
        return item;
      });
      scope.post('/reservations', async (request, reply) => {
        const { reservationRequestSchema } = await schemas();
        const wanted = checked(reservationRequestSchema, request.body);
        const outcome = await stock.reserve(wanted, contextOf(request).key);
        if (outcome.kind !== 'held') {
          throw problemError(outcome.kind, { detail: `${wanted.quantity} of item ${wanted.item_id}` });
        }
        requireSame(wanted, outcome.reservation);
        return reply.code(outcome.isNew ? 201 : 200).send(outcome.reservation);
      });
      scope.post<OrderRoute>('/reservations/:order_id/release', async (request) => {
        const { order_id } = request.params;
        const status = await stock.release(order_id, contextOf(request).key);
        if (status !== 'RELEASED') throw problemError('conflict', { detail: `order ${order_id} is ${status}` });
        return { order_id, status };
      });
      scope.post<OrderRoute>('/reservations/:order_id/commit', async (request) => {
        const { order_id } = request.params;
        const status = await stock.commit(order_id, contextOf(request).key);
        if (status === undefined) throw problemError('not-found', { detail: `order ${order_id} holds nothing` });
        if (status !== 'COMMITTED') throw problemError('conflict', { detail: `order ${order_id} is ${status}` });
        return { order_id, status };
      });
    },
    adminRoutes: (scope) => {
      scope.post(adminPaths.items, async ({ body }, reply) => {
        const { newItemsSchema } = await schemas();
        await stock.addAll(checked(newItemsSchema, body));
        return reply.code(204).send();
      });
    },
  });

/** A repeated order id must mean the same thing, and a hold that was given back stays given back. */
function requireSame({ order_id, item_id, quantity }: ReservationRequest, reservation: Reservation): void {
  if (reservation.status === 'RELEASED') throw problemError('conflict', { detail: `order ${order_id} was released` });
  if (reservation.item_id !== item_id || reservation.quantity !== quantity) {
    throw problemError('conflict', { detail: `order ${order_id} holds something else` });
  }
}
