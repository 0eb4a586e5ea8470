-- What is left of an item is stock - reserved - sold.
CREATE TABLE items (
  id text PRIMARY KEY,
  name text NOT NULL,
  price_cents integer NOT NULL CHECK (price_cents > 0),
  stock bigint NOT NULL CHECK (stock >= 0),
  reserved bigint NOT NULL DEFAULT 0 CHECK (reserved >= 0),
  sold bigint NOT NULL DEFAULT 0 CHECK (sold >= 0),
  run text,
  CHECK (reserved + sold <= stock)
) WITH (fillfactor = 50);
CREATE INDEX items_by_run ON items (run);

-- One row an order. A release that comes before its reservation leaves a row without an item: the late one is refused.
CREATE TABLE reservations (
  order_id text PRIMARY KEY,
  item_id text REFERENCES items (id),
  quantity integer NOT NULL CHECK (quantity >= 0),
  price_cents integer NOT NULL,
  status text NOT NULL CHECK (status IN ('HELD', 'COMMITTED', 'RELEASED')),
  run text,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX reservations_by_run ON reservations (run);

INSERT INTO items (id, name, price_cents, stock) VALUES
  ('item1', 'Kettle', 2500, 1000000),
  ('item2', 'Lamp', 4000, 1000000),
  ('item3', 'Chair', 9900, 1000000);
