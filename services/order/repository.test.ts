import { describe, expect, it } from 'vitest';
import { startPostgres } from '../testing/postgres.ts';
import { openServiceDatabase } from '../testing/service-database.ts';
import type { Order } from './ports.ts';
import { createOrders } from './repository.ts';

const anOrder = (overrides: Partial<Order> = {}): Order => ({
  id: 'o1',
  userId: '1',
  itemId: 'item1',
  quantity: 2,
  amountCents: 5_000,
  status: 'CHARGING',
  reason: null,
  key: 'r1-checkout-7',
  arrival: 'checkout/7',
  run: 'r1',
  ...overrides,
});

describe('orders in PostgreSQL', () => {
  it('keeps an order as it was told and moves it once', { timeout: 30_000 }, async () => {
    await using postgres = await startPostgres();
    await using database = await openServiceDatabase(postgres, 'order');
    const orders = createOrders(database);
    await orders.add(anOrder());
    await orders.add(anOrder({ id: 'o2', key: null, arrival: null, run: null }));
    expect(await orders.find('o1')).toEqual(anOrder());
    expect(await orders.find('none')).toBeUndefined();

    await orders.confirm('o1');
    await orders.fail('o1', 'too late');
    expect(await orders.find('o1')).toEqual(anOrder({ status: 'CONFIRMED' }));
    await orders.fail('o2', 'payment-declined');
    await orders.confirm('o2');
    expect(await orders.find('o2')).toMatchObject({ status: 'FAILED', reason: 'payment-declined' });
  });
});
