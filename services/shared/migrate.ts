// Brings a database to the schema that this version of a service knows: one transaction, one process at a time.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Migration {
  /** The file's leading number. */
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** The little of a pg client that migrating takes. */
export interface SqlClient {
  readonly query: (text: string, values?: unknown[]) => Promise<{ readonly rows: readonly unknown[] }>;
}

export class SchemaTooNewError extends Error {
  override readonly name = 'SchemaTooNewError';
  readonly hint = 'start the SmartOrders version that made this database, or give this one an empty database';
}

/** `001-users.sql`, `002-….sql`, in order of their numbers. */
export async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d+-.*\.sql$/.test(name));
  const migrations = names.map(async (name) => ({
    version: Number.parseInt(name, 10),
    name,
    sql: await readFile(join(folder, name), 'utf8'),
  }));
  return (await Promise.all(migrations)).sort((one, other) => one.version - other.version);
}

/** Any number will do, as long as no other program locks the same one. */
const lock = 5_000_001;

export async function migrate(client: SqlClient, migrations: readonly Migration[]): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [lock]);
    await client.query(
      'CREATE TABLE IF NOT EXISTS schema_migrations (version int PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    const { rows } = await client.query('SELECT coalesce(max(version), 0) AS version FROM schema_migrations');
    const applied = versionOf(rows[0]);
    const known = migrations.at(-1)?.version ?? 0;
    if (applied > known) throw new SchemaTooNewError(`the database has schema ${applied}, this version knows ${known}`);
    for (const { version, name, sql } of migrations.filter((migration) => migration.version > applied)) {
      await client.query(sql);
      await client.query('INSERT INTO schema_migrations (version, name) VALUES ($1, $2)', [version, name]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

function versionOf(row: unknown): number {
  return typeof row === 'object' && row !== null && 'version' in row ? Number(row.version) : 0;
}
