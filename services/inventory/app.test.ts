import { describe, expect, it } from 'vitest';
import type { NewItems } from '../contract/admin.ts';
import { problemError } from '../shared/problem.ts';
import { aDoor, asAdmin } from '../testing/door.ts';
import { buildInventoryApp } from './app.ts';
import type { ReserveOutcome, Stock } from './repository.ts';

const aHold: ReserveOutcome = {
  kind: 'held',
  isNew: true,
  reservation: { order_id: 'o1', item_id: 'item1', quantity: 2, price_cents: 2_500, status: 'HELD' },
};

function anInventoryApp(overrides: Partial<Stock> = {}) {
  const added: NewItems[] = [];
  const stock: Stock = {
    find: async (id) =>
      id === 'item1' ? { id, name: 'Kettle', price_cents: 2_500, available: 7, run: null } : undefined,
    reserve: async () => aHold,
    release: async () => 'RELEASED',
    commit: async () => 'COMMITTED',
    addAll: async (items) => void added.push(items),
    ...overrides,
  };
  const app = buildInventoryApp({ door: aDoor('inventory'), stock });
  const post = (url: string, payload: object = {}) => app.inject({ method: 'POST', url, payload });
  const reserve = (payload: object = {}) =>
    post('/reservations', { order_id: 'o1', item_id: 'item1', quantity: 2, ...payload });
  return { app, post, reserve, added };
}

describe('inventory service', () => {
  it('tells what is left of an item', async () => {
    const { app } = anInventoryApp();
    expect((await app.inject('/items/item1')).json()).toMatchObject({ id: 'item1', available: 7 });
    expect((await app.inject('/items/item9')).json()).toMatchObject({ status: 404, code: 'item-not-found' });
  });

  it('holds stock for an order and tells the price', async () => {
    const response = await anInventoryApp().reserve();
    expect([response.statusCode, response.json().price_cents]).toEqual([201, 2_500]);
  });

  it('answers 200 for a hold that was there', async () => {
    const { reserve } = anInventoryApp({ reserve: async () => ({ ...aHold, isNew: false }) });
    expect((await reserve()).statusCode).toBe(200);
  });

  it.each([
    ['item-not-found', 404],
    ['out-of-stock', 409],
  ] as const)('says %s', async (kind, status) => {
    const { reserve } = anInventoryApp({ reserve: async () => ({ kind }) });
    expect((await reserve()).json()).toMatchObject({ status, code: kind });
  });

  it('refuses an order id that holds something else, or gave its hold back', async () => {
    expect((await anInventoryApp().reserve({ quantity: 3 })).json()).toMatchObject({ status: 409, code: 'conflict' });
    const released = { ...aHold, reservation: { ...aHold.reservation, status: 'RELEASED' as const } };
    const { reserve } = anInventoryApp({ reserve: async () => released });
    expect((await reserve()).json()).toMatchObject({ status: 409, code: 'conflict' });
  });

  it('gives back and commits holds, and says when it cannot', async () => {
    const { post } = anInventoryApp();
    expect((await post('/reservations/o1/release')).json()).toEqual({ order_id: 'o1', status: 'RELEASED' });
    expect((await post('/reservations/o1/commit')).json()).toEqual({ order_id: 'o1', status: 'COMMITTED' });
    const late = anInventoryApp({ release: async () => 'COMMITTED', commit: async () => 'RELEASED' });
    expect((await late.post('/reservations/o1/release')).statusCode).toBe(409);
    expect((await late.post('/reservations/o1/commit')).statusCode).toBe(409);
    const none = anInventoryApp({ commit: async () => undefined });
    expect((await none.post('/reservations/o1/commit')).statusCode).toBe(404);
  });

  it('refuses a quantity that is none', async () => {
    expect((await anInventoryApp().reserve({ quantity: 0 })).json()).toMatchObject({
      status: 400,
      code: 'invalid-request',
    });
  });

  it('answers a plain 503 when its database fails', async () => {
    const { reserve } = anInventoryApp({ reserve: async () => Promise.reject(problemError('unavailable')) });
    expect((await reserve()).json()).toMatchObject({ status: 503, code: 'unavailable' });
  });

  it('makes the items of a run for the admin only', async () => {
    const { app, added } = anInventoryApp();
    const payload = { run: 'r1', items: [{ id: 'r1-1', name: 'One', stock: 5, priceCents: 100 }] };
    const request = { method: 'POST', url: '/admin/items', payload } as const;
    expect((await app.inject(request)).statusCode).toBe(401);
    expect((await app.inject({ ...request, headers: asAdmin })).statusCode).toBe(204);
    expect(added).toEqual([payload]);
  });
});
