CREATE TABLE charges (
  key text PRIMARY KEY,
  order_id text NOT NULL,
  amount_cents bigint NOT NULL CHECK (amount_cents > 0),
  status text NOT NULL DEFAULT 'CAPTURED',
  run text,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX charges_by_order ON charges (order_id);
CREATE INDEX charges_by_run ON charges (run);
