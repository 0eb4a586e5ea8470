// The gateway: the public door. It routes and answers for what is cut off behind it; it decides nothing about orders.
import type { FastifyInstance } from 'fastify';
import type { Door } from '../shared/door.ts';
import type { HttpLink } from '../shared/link.ts';
import { buildServer } from '../shared/server.ts';
import { forward } from './forward.ts';

type CallableLink = Pick<HttpLink, 'id' | 'call'>;

export interface GatewayParts {
  readonly door: Door;
  readonly user: CallableLink;
  readonly order: CallableLink;
  readonly inventory: CallableLink;
}

export const buildGatewayApp = ({ door, user, order, inventory }: GatewayParts): FastifyInstance =>
  buildServer({
    door,
    about: 'SmartOrders gateway: the public door to users, orders and items',
    routes: (scope) => {
      scope.post('/api/users', forward({ link: user, method: 'POST', callee: '/register' }));
      scope.get('/api/users/:id', forward({ link: user, method: 'GET', callee: '/users/:id' }));
      scope.post('/api/orders', forward({ link: order, method: 'POST', callee: '/place-order' }));
      scope.get('/api/orders/:id', forward({ link: order, method: 'GET', callee: '/orders/:id' }));
      scope.get('/api/items/:id', forward({ link: inventory, method: 'GET', callee: '/items/:id' }));
    },
  });
