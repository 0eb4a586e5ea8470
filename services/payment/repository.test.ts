import { describe, expect, it } from 'vitest';
import { startPostgres } from '../testing/postgres.ts';
import { openServiceDatabase } from '../testing/service-database.ts';
import { createCharges } from './repository.ts';

describe('charges in PostgreSQL', () => {
  it('charges a key once, also when it is sent many times at once', { timeout: 30_000 }, async () => {
    await using postgres = await startPostgres();
    await using database = await openServiceDatabase(postgres, 'payment');
    const charges = createCharges(database);
    const wanted = { key: 'charge-1', order_id: 'o1', amount_cents: 3_000_000_000, run: 'r1' };

    const made = await Promise.all(Array.from({ length: 12 }, () => charges.make(wanted)));
    expect(made.filter(({ isNew }) => isNew)).toHaveLength(1);
    for (const { charge } of made) expect(charge).toEqual({ ...wanted, status: 'CAPTURED' });

    const other = await charges.make({ ...wanted, amount_cents: 1 });
    expect([other.isNew, other.charge.amount_cents]).toEqual([false, 3_000_000_000]);
    expect(await charges.find('charge-1')).toEqual({ ...wanted, status: 'CAPTURED' });
    expect(await charges.find('charge-2')).toBeUndefined();
  });
});
