import { randomUUID } from 'node:crypto';
import { runService } from '../shared/run-service.ts';
import { buildOrderApp } from './app.ts';
import { bankOver, stockOver, usersOver } from './over-links.ts';
import { createOrders } from './repository.ts';

await runService({
  service: 'order',
  build: ({ door, database, linkTo }) =>
    buildOrderApp({
      door,
      orders: createOrders(database()),
      users: usersOver(linkTo('user')),
      stock: stockOver(linkTo('inventory')),
      bank: bankOver(linkTo('payment')),
      newOrderId: randomUUID,
    }),
  warmUp: () => import('./schemas.ts'),
});
