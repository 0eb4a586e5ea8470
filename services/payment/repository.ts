// Charges in PostgreSQL, one row a key: a key is charged at most once, however often it is sent.
import type { Sql } from '../shared/database.ts';
import type { ChargeRequest } from './schemas.ts';

export interface Charge {
  readonly key: string;
  readonly order_id: string;
  readonly amount_cents: number;
  readonly status: string;
  readonly run: string | null;
}

export interface Charges {
  /** The charge under this key: the one made now, or the one that was there. */
  readonly make: (
    request: ChargeRequest,
    key?: string,
  ) => Promise<{ readonly charge: Charge; readonly isNew: boolean }>;
  readonly find: (chargeKey: string, key?: string) => Promise<Charge | undefined>;
}

interface ChargeRow {
  key: string;
  order_id: string;
  /** bigint, which pg hands out as text. */
  amount_cents: string;
  status: string;
  run: string | null;
  is_new: boolean;
}

const columns = 'key, order_id, amount_cents, status, run';
const makeCharge = {
  name: 'make-charge',
  text: `WITH made AS (
           INSERT INTO charges (key, order_id, amount_cents, run) VALUES ($1, $2, $3, $4)
           ON CONFLICT (key) DO NOTHING
           RETURNING ${columns}
         )
         SELECT ${columns}, true AS is_new FROM made
         UNION ALL
         SELECT ${columns}, false FROM charges WHERE key = $1`,
};
const findCharge = { name: 'find-charge', text: `SELECT ${columns}, false AS is_new FROM charges WHERE key = $1` };

export function createCharges(sql: Sql): Charges {
  const find = async (chargeKey: string, key?: string): Promise<Charge | undefined> => {
    const [row] = await sql.query<ChargeRow>(findCharge, [chargeKey], { key });
    return row === undefined ? undefined : chargeOf(row);
  };
  return {
    find,
    make: async ({ key: chargeKey, order_id, amount_cents, run }, key) => {
      const [row] = await sql.query<ChargeRow>(makeCharge, [chargeKey, order_id, amount_cents, run], { key });
      if (row !== undefined) return { charge: chargeOf(row), isNew: row.is_new };
      // The same key was charged by another request while ours waited: our snapshot is older than its row.
      const charge = await find(chargeKey, key);
      if (charge === undefined) throw new Error(`charge ${chargeKey} is neither new nor there`);
      return { charge, isNew: false };
    },
  };
}

const chargeOf = ({ key, order_id, amount_cents, status, run }: ChargeRow): Charge => ({
  key,
  order_id,
  amount_cents: Number(amount_cents),
  status,
  run,
});
