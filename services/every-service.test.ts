import type { FastifyInstance, InjectOptions } from 'fastify';
import { describe, expect, it } from 'vitest';
import { failpointViewsSchema } from './contract/admin.ts';
import type { ServiceEvent } from './contract/events.ts';
import { type ServiceName, serviceNames } from './fleet.ts';
import { buildGatewayApp } from './gateway/app.ts';
import { buildInventoryApp } from './inventory/app.ts';
import { buildOrderApp } from './order/app.ts';
import { bankOver, stockOver, usersOver } from './order/over-links.ts';
import { buildPaymentApp } from './payment/app.ts';
import type { Door } from './shared/door.ts';
import { aDoor, asAdmin } from './testing/door.ts';
import { aLink, anAnswer } from './testing/fake-link.ts';
import { buildUserApp } from './user/app.ts';

const unused = async (): Promise<never> => Promise.reject(new Error('not asked for here'));
const item = { id: '1', name: 'Kettle', price_cents: 2_500, available: 7, run: null };

const apps: Readonly<Record<ServiceName, (door: Door) => FastifyInstance>> = {
  gateway: (door) =>
    buildGatewayApp({
      door,
      user: aLink('gateway->user', anAnswer(200, {})),
      order: aLink('gateway->order'),
      inventory: aLink('gateway->inventory'),
    }),
  user: (door) =>
    buildUserApp({
      door,
      users: { find: async (id) => ({ id, name: 'Ada', run: null }), add: unused, addAll: unused },
      newId: () => 'new-id',
    }),
  order: (door) =>
    buildOrderApp({
      door,
      users: usersOver(aLink('order->user')),
      stock: stockOver(aLink('order->inventory')),
      bank: bankOver(aLink('order->payment')),
      orders: {
        find: async (id) => ({
          ...{ id, userId: '1', itemId: '1', quantity: 1, amountCents: 2_500 },
          ...{ status: 'CONFIRMED' as const, reason: null, key: null, arrival: null, run: null },
        }),
        ...{ add: unused, confirm: unused, fail: unused },
      },
      newOrderId: () => 'new-id',
    }),
  inventory: (door) =>
    buildInventoryApp({
      door,
      stock: { find: async () => item, reserve: unused, release: unused, commit: unused, addAll: unused },
    }),
  payment: (door) =>
    buildPaymentApp({
      door,
      charges: {
        find: async (key) => ({ key, order_id: '1', amount_cents: 2_500, status: 'CAPTURED', run: null }),
        make: unused,
      },
    }),
};

/** One business route of each, and how the service registers it. */
const routes: Readonly<Record<ServiceName, { readonly url: string; readonly operation: string }>> = {
  gateway: { url: '/api/users/1', operation: 'GET /api/users/:id' },
  user: { url: '/users/1', operation: 'GET /users/:id' },
  order: { url: '/orders/1', operation: 'GET /orders/:id' },
  inventory: { url: '/items/1', operation: 'GET /items/:id' },
  payment: { url: '/charges/1', operation: 'GET /charges/:key' },
};

type Observed = Extract<ServiceEvent, { type: 'fault.observed' }>;

function aService(service: ServiceName) {
  const door = aDoor(service);
  const app = apps[service](door);
  const { url, operation } = routes[service];
  const firstObserved = Promise.withResolvers<Observed>();
  const observed: Observed[] = [];
  door.events.subscribe((batch) => {
    for (const event of batch) if (event.type === 'fault.observed') observed.push(event);
    if (observed[0] !== undefined) firstObserved.resolve(observed[0]);
  });
  const admin = (request: InjectOptions) => app.inject({ ...request, headers: asAdmin });
  const failpoints = '/admin/failpoints';
  return {
    operation,
    ask: () => app.inject(url),
    observed,
    firstObserved: firstObserved.promise,
    flush: () => door.events.clock(),
    set: (payload: object) =>
      admin({ method: 'PUT', url: `${failpoints}/hand%2F1`, payload: { ttlMs: 60_000, seed: 1, ...payload } }),
    remove: () => admin({ method: 'DELETE', url: `${failpoints}/hand%2F1` }),
    list: async () => failpointViewsSchema.parse((await admin({ method: 'GET', url: failpoints })).json()),
  };
}

describe.each(serviceNames)('%s', (name) => {
  it('answers with the error of a failpoint as often as it was told to, and tells each time', async () => {
    const service = aService(name);
    const { operation } = service;
    await service.set({ type: 'httpError', status: 502, route: operation, skipFirst: 1, failCount: 2 });
    const statuses = [];
    for (let asked = 0; asked < 5; asked += 1) statuses.push((await service.ask()).statusCode);
    expect(statuses).toEqual([200, 502, 502, 200, 200]);
    service.flush();
    expect(service.observed).toMatchObject([
      { fault: 'hand/1', operation },
      { fault: 'hand/1', operation },
    ]);
    expect(await service.list()).toMatchObject([{ id: 'hand/1', type: 'httpError', hits: 2 }]);
  });

  it('holds a request back for as long as a failpoint delays it, and tells so at once', async () => {
    const service = aService(name);
    await service.set({ type: 'httpDelay', delayMs: 60_000 });
    let isAnswered = false;
    const answer = service.ask().then((response) => {
      isAnswered = true;
      return response;
    });
    expect(await service.firstObserved).toMatchObject({ fault: 'hand/1', operation: service.operation });
    expect(isAnswered).toBe(false);
    await service.remove();
    expect((await answer).statusCode).toBe(200);
  });
});
