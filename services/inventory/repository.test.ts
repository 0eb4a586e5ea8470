import { describe, expect, it } from 'vitest';
import { startPostgres } from '../testing/postgres.ts';
import { openServiceDatabase } from '../testing/service-database.ts';
import { createStock } from './repository.ts';

describe('stock in PostgreSQL', () => {
  it('never holds or sells more than there is, whatever is asked at once', { timeout: 30_000 }, async () => {
    await using postgres = await startPostgres();
    await using database = await openServiceDatabase(postgres, 'inventory');
    const stock = createStock(database);
    const left = async (id: string) => (await stock.find(id))?.available;
    const reserve = (order_id: string, item_id = 'r1-a', quantity = 1) =>
      stock.reserve({ order_id, item_id, quantity });
    await stock.addAll({ run: 'r1', items: [{ id: 'r1-a', name: 'A', stock: 5, priceCents: 100 }] });
    await stock.addAll({ run: 'r1', items: [{ id: 'r1-a', name: 'A', stock: 999, priceCents: 100 }] });

    expect(await stock.find('r1-a')).toEqual({ id: 'r1-a', name: 'A', price_cents: 100, available: 5, run: 'r1' });
    expect(await left('item1')).toBe(1_000_000);
    expect(await stock.find('none')).toBeUndefined();
    expect(await reserve('o0', 'none')).toEqual({ kind: 'item-not-found' });
    expect(await reserve('o0', 'r1-a', 6)).toEqual({ kind: 'out-of-stock' });

    // Twenty orders want one of five.
    const asked = await Promise.all(Array.from({ length: 20 }, (_, index) => reserve(`many-${index}`)));
    expect(asked.filter(({ kind }) => kind === 'held')).toHaveLength(5);
    expect(await left('r1-a')).toBe(0);
    for (let index = 0; index < 20; index += 1) await stock.release(`many-${index}`);
    expect(await left('r1-a')).toBe(5);

    // One order asks eight times at once.
    const same = await Promise.all(Array.from({ length: 8 }, () => reserve('same', 'r1-a', 2)));
    expect(same.map((outcome) => outcome.kind === 'held' && outcome.isNew).filter(Boolean)).toHaveLength(1);
    expect(same.every(({ kind }) => kind === 'held')).toBe(true);
    expect(await left('r1-a')).toBe(3);

    // Releases and commits count once, and the first of the two wins.
    expect(await Promise.all([stock.commit('same'), stock.commit('same')])).toEqual(['COMMITTED', 'COMMITTED']);
    expect(await stock.release('same')).toBe('COMMITTED');
    expect(await left('r1-a')).toBe(3);
    await reserve('back', 'r1-a', 3);
    expect(await Promise.all([stock.release('back'), stock.release('back')])).toEqual(['RELEASED', 'RELEASED']);
    expect(await stock.commit('back')).toBe('RELEASED');
    expect(await left('r1-a')).toBe(3);
    expect(await stock.commit('never')).toBeUndefined();

    // A reservation that comes after its release holds nothing.
    expect(await stock.release('late')).toBe('RELEASED');
    expect(await reserve('late')).toMatchObject({ kind: 'held', isNew: false, reservation: { status: 'RELEASED' } });
    expect(await left('r1-a')).toBe(3);
  });
});
