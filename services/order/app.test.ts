import { describe, expect, it } from 'vitest';
import type { LinkResult } from '../shared/link-result.ts';
import { problemError } from '../shared/problem.ts';
import { aDoor } from '../testing/door.ts';
import { aLink, anAnswer, aProblem, refused, rejected, timedOut } from '../testing/fake-link.ts';
import { buildOrderApp } from './app.ts';
import { bankOver, stockOver, usersOver } from './over-links.ts';
import type { Order, Orders } from './ports.ts';

interface World {
  readonly user?: LinkResult;
  /** The first answer is the reservation's. */
  readonly inventory?: readonly LinkResult[];
  readonly payment?: LinkResult;
  readonly orders?: Partial<Orders>;
}

const aUser = anAnswer(200, { id: '1', name: 'Ada', run: 'r1' });
const aHold = anAnswer(201, { order_id: 'order-1', price_cents: 2_500 });
const done = anAnswer(200, { status: 'done' });
const captured = anAnswer(201, { status: 'CAPTURED' });

function anOrderApp({ user = aUser, inventory = [aHold, done], payment = captured, orders = {} }: World = {}) {
  const rows = new Map<string, Order>();
  const change = (id: string, to: Partial<Order>): void => {
    const row = rows.get(id);
    if (row !== undefined) rows.set(id, { ...row, ...to });
  };
  const links = {
    user: aLink('order->user', user),
    inventory: aLink('order->inventory', ...inventory),
    payment: aLink('order->payment', payment),
  };
  const app = buildOrderApp({
    door: aDoor('order'),
    users: usersOver(links.user),
    stock: stockOver(links.inventory),
    bank: bankOver(links.payment),
    orders: {
      add: async (order) => void rows.set(order.id, order),
      confirm: async (id) => change(id, { status: 'CONFIRMED' }),
      fail: async (id, reason) => change(id, { status: 'FAILED', reason }),
      find: async (id) => rows.get(id),
      ...orders,
    },
    newOrderId: () => 'order-1',
  });
  const place = (payload: object = { user_id: '1', item_id: 'item1', quantity: 2 }) =>
    app.inject({
      method: 'POST',
      url: '/place-order',
      headers: { 'idempotency-key': 'r1-checkout-7', 'x-smartorders-arrival': 'checkout/7' },
      payload,
    });
  const sent = () =>
    [...links.user.requests, ...links.inventory.requests, ...links.payment.requests].map(
      ({ method, path, route }) => `${method} ${path ?? route}`,
    );
  return { app, place, rows, sent, links };
}

const release = 'POST /reservations/order-1/release';
const commit = 'POST /reservations/order-1/commit';

describe('order service', () => {
  it('confirms an order that is paid for, then commits the hold', async () => {
    const { place, rows, sent, links } = anOrderApp();
    const response = await place();
    expect([response.statusCode, response.json()]).toEqual([
      201,
      { order_id: 'order-1', status: 'confirmed', user_id: '1', item_id: 'item1', quantity: 2, amount_cents: 5_000 },
    ]);
    expect(sent()).toEqual(['GET /users/1', 'POST /reservations', commit, 'POST /charges']);
    expect(links.payment.requests[0]).toMatchObject({
      body: { key: 'charge-order-1', order_id: 'order-1', amount_cents: 5_000, run: 'r1' },
      context: { key: 'r1-checkout-7', arrival: 'checkout/7' },
    });
    expect(rows.get('order-1')).toMatchObject({
      status: 'CONFIRMED',
      key: 'r1-checkout-7',
      arrival: 'checkout/7',
      run: 'r1',
    });
  });

  it('orders one piece where no quantity is given', async () => {
    const { place } = anOrderApp();
    expect((await place({ user_id: '1', item_id: 'item1' })).json()).toMatchObject({
      quantity: 1,
      amount_cents: 2_500,
    });
  });

  it('passes a decline on, gives the stock back and keeps the failed order', async () => {
    const { place, rows, sent } = anOrderApp({ payment: aProblem('payment-declined') });
    expect((await place()).json()).toMatchObject({ status: 402, code: 'payment-declined' });
    expect(rows.get('order-1')).toMatchObject({ status: 'FAILED', reason: 'payment-declined' });
    expect(sent()).toContain(release);
  });

  it.each([
    ['user-not-found', 404, { user: aProblem('user-not-found') }],
    ['item-not-found', 404, { inventory: [aProblem('item-not-found')] }],
    ['out-of-stock', 409, { inventory: [aProblem('out-of-stock')] }],
  ] as const)('says %s and charges nothing', async (code, status, world: World) => {
    const { place, rows, links } = anOrderApp(world);
    expect((await place()).json()).toMatchObject({ status, code });
    expect([rows.size, links.payment.requests.length]).toEqual([0, 0]);
  });

  it.each([
    ['order->user', 'rejected', { user: rejected }, '9', 'dependency-rejected'],
    ['order->user', 'failed', { user: timedOut }, '1', 'dependency-failed'],
    ['order->inventory', 'rejected', { inventory: [rejected] }, '9', 'dependency-rejected'],
    ['order->inventory', 'answered 500', { inventory: [aProblem('internal'), done] }, '1', 'dependency-failed'],
    ['order->payment', 'rejected', { payment: rejected }, '9', 'dependency-rejected'],
    ['order->payment', 'failed', { payment: timedOut }, '1', 'dependency-failed'],
    ['order->payment', 'answered 503', { payment: aProblem('unavailable') }, '1', 'dependency-failed'],
  ] as const)('answers 503 with Retry-After when %s is %s', async (link, _how, world: World, retryAfter, code) => {
    const response = await anOrderApp(world).place();
    expect(response.json()).toMatchObject({ status: 503, code, link });
    expect(response.headers['retry-after']).toBe(retryAfter);
  });

  it('gives back what a reservation may have held whose answer was lost', async () => {
    const { place, sent } = anOrderApp({ inventory: [timedOut, done] });
    await place();
    expect(sent()).toEqual(['GET /users/1', 'POST /reservations', release]);
  });

  it.each([
    ['a breaker', rejected],
    ['the other machine', refused],
  ])('gives nothing back where %s refused the reservation', async (_who, result) => {
    const { place, sent } = anOrderApp({ inventory: [result] });
    await place();
    expect(sent()).toEqual(['GET /users/1', 'POST /reservations']);
  });

  it('fails the order when the payment is cut off, even if giving back fails too', async () => {
    const { place, rows } = anOrderApp({ payment: refused, inventory: [aHold, timedOut] });
    expect((await place()).json()).toMatchObject({ status: 503, link: 'order->payment' });
    expect(rows.get('order-1')).toMatchObject({ status: 'FAILED', reason: 'dependency-failed' });
  });

  it('confirms the order even if committing the hold fails', async () => {
    const { place } = anOrderApp({ inventory: [aHold, timedOut] });
    expect((await place()).statusCode).toBe(201);
  });

  it('answers a plain 503 when its own database fails, charges nothing and gives the stock back', async () => {
    const { place, sent } = anOrderApp({ orders: { add: async () => Promise.reject(problemError('unavailable')) } });
    expect((await place()).json()).toMatchObject({ status: 503, code: 'unavailable' });
    expect(sent()).toEqual(['GET /users/1', 'POST /reservations', release]);
  });

  it('takes an answer that it cannot read for a failure', async () => {
    const { place } = anOrderApp({ user: anAnswer(200, { unexpected: true }) });
    expect((await place()).json()).toMatchObject({ status: 503, code: 'dependency-failed', link: 'order->user' });
  });

  it('names every issue of an invalid order', async () => {
    const { place, sent } = anOrderApp();
    const response = await place({ user_id: 1, quantity: 0.5 });
    expect(response.statusCode).toBe(400);
    expect(response.json().detail).toMatchInlineSnapshot(
      `"user_id: Invalid input: expected string, received number; item_id: Invalid input: expected string, received undefined; quantity: Invalid input: expected int, received number"`,
    );
    expect(sent()).toEqual([]);
  });

  it('tells what became of an order', async () => {
    const { app, place } = anOrderApp({ payment: aProblem('payment-declined') });
    await place();
    expect((await app.inject('/orders/order-1')).json()).toMatchObject({
      status: 'failed',
      reason: 'payment-declined',
    });
    expect((await app.inject('/orders/none')).json()).toMatchObject({ status: 404, code: 'not-found' });
  });
});
