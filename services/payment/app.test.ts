import { describe, expect, it } from 'vitest';
import { problemError } from '../shared/problem.ts';
import { aDoor, asAdmin } from '../testing/door.ts';
import { buildPaymentApp } from './app.ts';
import type { Charge, Charges } from './repository.ts';

function aPaymentApp(overrides: Partial<Charges> = {}) {
  const rows = new Map<string, Charge>();
  const charges: Charges = {
    find: async (key) => rows.get(key),
    make: async ({ key, order_id, amount_cents, run }) => {
      const prior = rows.get(key);
      const charge = prior ?? { key, order_id, amount_cents, status: 'CAPTURED', run };
      rows.set(key, charge);
      return { charge, isNew: prior === undefined };
    },
    ...overrides,
  };
  const app = buildPaymentApp({ door: aDoor('payment'), charges });
  return { app, rows, charge: (payload: object) => app.inject({ method: 'POST', url: '/charges', payload }) };
}

const aCharge = { key: 'charge-1', order_id: '1', amount_cents: 2_500 };

describe('payment service', () => {
  it('charges a key once, however often it is sent', async () => {
    const { charge, rows } = aPaymentApp();
    const [first, second] = [await charge(aCharge), await charge(aCharge)];
    expect([first.statusCode, second.statusCode]).toEqual([201, 200]);
    expect(second.json()).toEqual(first.json());
    expect(first.json()).toEqual({ ...aCharge, status: 'CAPTURED', run: null });
    expect(rows.size).toBe(1);
  });

  it('refuses a key that was used for something else', async () => {
    const { charge } = aPaymentApp();
    await charge(aCharge);
    const response = await charge({ ...aCharge, amount_cents: 1 });
    expect([response.statusCode, response.json().code]).toEqual([409, 'conflict']);
  });

  it('looks a charge up by key', async () => {
    const { app, charge } = aPaymentApp();
    await charge(aCharge);
    expect((await app.inject('/charges/charge-1')).json()).toMatchObject(aCharge);
    expect((await app.inject('/charges/charge-2')).json()).toMatchObject({ status: 404, code: 'not-found' });
  });

  it('declines while a decline failpoint is set, and takes nothing', async () => {
    const { app, charge, rows } = aPaymentApp();
    const payload = { type: 'decline', ttlMs: 5_000, seed: 1 };
    await app.inject({ method: 'PUT', url: '/admin/failpoints/bank%2F0', headers: asAdmin, payload });
    const declined = await charge(aCharge);
    expect([declined.statusCode, declined.json().code, rows.size]).toEqual([402, 'payment-declined', 0]);
    await app.inject({ method: 'DELETE', url: '/admin/failpoints/bank%2F0', headers: asAdmin });
    expect((await charge(aCharge)).statusCode).toBe(201);
  });

  it('refuses an amount that is no whole number of cents', async () => {
    const response = await aPaymentApp().charge({ ...aCharge, amount_cents: 0.5 });
    expect([response.statusCode, response.json().code]).toEqual([400, 'invalid-request']);
  });

  it('answers a plain 503 when its database fails', async () => {
    const { charge } = aPaymentApp({ make: async () => Promise.reject(problemError('unavailable')) });
    expect((await charge(aCharge)).json()).toMatchObject({ status: 503, code: 'unavailable' });
  });
});
