CREATE TABLE orders (
  id text PRIMARY KEY,
  user_id text NOT NULL,
  item_id text NOT NULL,
  quantity integer NOT NULL CHECK (quantity > 0),
  amount_cents bigint NOT NULL,
  status text NOT NULL CHECK (status IN ('PENDING', 'RESERVED', 'CHARGING', 'UNKNOWN', 'CAPTURED', 'CONFIRMED', 'VOIDING', 'FAILED')),
  -- Why a FAILED order failed: a problem code.
  reason text,
  -- The Idempotency-Key header: joins the order with the client's own history.
  idempotency_key text,
  -- Which planned arrival of the load made it: the input of every seeded decision about it.
  arrival text,
  run text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX orders_by_run ON orders (run);
CREATE INDEX orders_by_key ON orders (idempotency_key);
