#!/bin/sh
# What the official image's entrypoint does, as far as the tests need it, for the server that npm brings: no psql, so
# the scripts go through the server's single-user mode, statement by statement.
set -e
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  initdb -D "$PGDATA" -U postgres -A trust --no-sync -E UTF8 --no-locale >/dev/null
  echo 'host all all all trust' >> "$PGDATA/pg_hba.conf"
  cat /docker-entrypoint-initdb.d/*.sql | postgres --single -D "$PGDATA" postgres >/dev/null
fi
exec "$@" -c listen_addresses='*'
