CREATE TABLE users (
  id text PRIMARY KEY,
  name text NOT NULL,
  run text,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX users_by_run ON users (run);
INSERT INTO users (id, name) VALUES ('1', 'Ada'), ('2', 'Grace'), ('3', 'Edsger');
