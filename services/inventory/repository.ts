// Stock in PostgreSQL. Every step is one statement, idempotent by order id.
import type { NewItems } from '../contract/admin.ts';
import { isUniqueViolation, type Sql, type Statement } from '../shared/database.ts';
import type { ReservationRequest } from './schemas.ts';
import { addItems, commitHold, findItem, releaseHold, reserveStock } from './statements.ts';

export interface Item {
  readonly id: string;
  readonly name: string;
  readonly price_cents: number;
  readonly available: number;
  readonly run: string | null;
}

export type ReservationStatus = 'HELD' | 'COMMITTED' | 'RELEASED';
export interface Reservation {
  readonly order_id: string;
  readonly item_id: string | null;
  readonly quantity: number;
  readonly price_cents: number;
  readonly status: ReservationStatus;
}

export type ReserveOutcome =
  | { readonly kind: 'held'; readonly reservation: Reservation; readonly isNew: boolean }
  | { readonly kind: 'item-not-found' }
  | { readonly kind: 'out-of-stock' };

export interface Stock {
  readonly find: (itemId: string, key?: string) => Promise<Item | undefined>;
  /** The reservation of this order: the one made now, or the one that was there, whatever became of it. */
  readonly reserve: (request: ReservationRequest, key?: string) => Promise<ReserveOutcome>;
  /** The status after it: COMMITTED where it was too late to release. */
  readonly release: (orderId: string, key?: string) => Promise<ReservationStatus>;
  /** The status after it; undefined where there is no reservation. */
  readonly commit: (orderId: string, key?: string) => Promise<ReservationStatus | undefined>;
  /** Makes the items of a run; those already there stay as they are. */
  readonly addAll: (items: NewItems) => Promise<void>;
}

type ItemRow = Readonly<{ id: string; name: string; price_cents: number; available: string; run: string | null }>;
type StatusRow = Readonly<{ status: ReservationStatus }>;
type ReserveRow = Readonly<{
  item_exists: boolean;
  is_new: boolean;
  status: ReservationStatus | null;
  item_id: string | null;
  quantity: number;
  price_cents: number;
}>;

export function createStock(sql: Sql): Stock {
  const reserve: Stock['reserve'] = async (request, key) => {
    const { order_id, item_id, quantity } = request;
    const rows = await sql
      .query<ReserveRow>(reserveStock, [order_id, item_id, quantity], { key })
      .catch((error: unknown) => {
        // The same order was reserved by another request meanwhile, and this statement undone: now it is there to read.
        if (isUniqueViolation(error))
          return sql.query<ReserveRow>(reserveStock, [order_id, item_id, quantity], { key });
        throw error;
      });
    return outcomeOf(order_id, rows[0]);
  };

  /** A statement that waited for another one of the same order read the row as it was before that one: it reads again. */
  const settle = async (
    statement: Statement,
    orderId: string,
    key?: string,
  ): Promise<ReservationStatus | undefined> => {
    const [row] = await sql.query<StatusRow>(statement, [orderId], { key });
    if (row !== undefined && row.status !== 'HELD') return row.status;
    return (await sql.query<StatusRow>(statement, [orderId], { key }))[0]?.status;
  };

  return {
    reserve,
    find: async (itemId, key) => {
      const [row] = await sql.query<ItemRow>(findItem, [itemId], { key });
      return row === undefined ? undefined : { ...row, available: Number(row.available) };
    },
    release: async (orderId, key) => (await settle(releaseHold, orderId, key)) ?? 'RELEASED',
    commit: (orderId, key) => settle(commitHold, orderId, key),
    addAll: async ({ run, items }) => {
      const column = <T>(pick: (item: NewItems['items'][number]) => T): readonly T[] => items.map(pick);
      await sql.query(addItems, [
        column(({ id }) => id),
        column(({ name }) => name),
        column(({ priceCents }) => priceCents),
        column(({ stock }) => stock),
        run,
      ]);
    },
  };
}

function outcomeOf(order_id: string, row: ReserveRow | undefined): ReserveOutcome {
  if (row === undefined || !row.item_exists) return { kind: 'item-not-found' };
  const { status, item_id, quantity, price_cents, is_new } = row;
  if (status === null) return { kind: 'out-of-stock' };
  return { kind: 'held', isNew: is_new, reservation: { order_id, item_id, quantity, price_cents, status } };
}
