// All CTEs of a statement see the same snapshot, so what one of them changes is read from its RETURNING, never from the table.

export const findItem = {
  name: 'find-item',
  text: 'SELECT id, name, price_cents, stock - reserved - sold AS available, run FROM items WHERE id = $1',
};

/** Holds the stock only if enough is left and the order holds none yet; always one row. */
export const reserveStock = {
  name: 'reserve-stock',
  text: `WITH prior AS (
           SELECT item_id, quantity, price_cents, status FROM reservations WHERE order_id = $1
         ), held AS (
           UPDATE items SET reserved = reserved + $3::integer
           WHERE id = $2 AND stock - reserved - sold >= $3::integer AND NOT EXISTS (SELECT FROM prior)
           RETURNING id, price_cents, run
         ), made AS (
           INSERT INTO reservations (order_id, item_id, quantity, price_cents, status, run)
           SELECT $1, id, $3::integer, price_cents, 'HELD', run FROM held
           RETURNING item_id, quantity, price_cents, status
         ), found AS (
           SELECT made.*, true AS is_new FROM made UNION ALL SELECT prior.*, false FROM prior
         )
         SELECT EXISTS (SELECT FROM items WHERE id = $2) AS item_exists, found.*
         FROM (SELECT) AS one LEFT JOIN found ON true`,
};

/** Gives a hold back. An order never heard of gets its released row here, which refuses the reservation that comes late. */
export const releaseHold = {
  name: 'release-hold',
  text: `WITH released AS (
           INSERT INTO reservations (order_id, quantity, price_cents, status) VALUES ($1, 0, 0, 'RELEASED')
           ON CONFLICT (order_id) DO UPDATE SET status = 'RELEASED' WHERE reservations.status = 'HELD'
           RETURNING item_id, quantity, status
         ), freed AS (
           UPDATE items SET reserved = reserved - released.quantity FROM released WHERE items.id = released.item_id
         )
         SELECT status FROM released
         UNION ALL
         SELECT status FROM reservations WHERE order_id = $1 AND NOT EXISTS (SELECT FROM released)`,
};

export const commitHold = {
  name: 'commit-hold',
  text: `WITH committed AS (
           UPDATE reservations SET status = 'COMMITTED' WHERE order_id = $1 AND status = 'HELD'
           RETURNING item_id, quantity, status
         ), moved AS (
           UPDATE items SET reserved = reserved - committed.quantity, sold = sold + committed.quantity
           FROM committed WHERE items.id = committed.item_id
         )
         SELECT status FROM committed
         UNION ALL
         SELECT status FROM reservations WHERE order_id = $1 AND NOT EXISTS (SELECT FROM committed)`,
};

export const addItems = {
  name: 'add-items',
  text: `INSERT INTO items (id, name, price_cents, stock, run)
         SELECT id, name, price_cents, stock, $5
         FROM unnest($1::text[], $2::text[], $3::integer[], $4::bigint[]) AS wanted (id, name, price_cents, stock)
         ON CONFLICT (id) DO NOTHING`,
};
