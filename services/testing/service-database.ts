// A service's own database on a test server, migrated and ready for its repository.
import { createDatabase, type Database } from '../shared/database.ts';
import { monotonicMs } from '../shared/monotonic.ts';
import { migrationsFolder } from '../shared/package-root.ts';
import type { TestPostgres } from './postgres.ts';

export async function openServiceDatabase(
  postgres: TestPostgres,
  service: 'user' | 'order' | 'inventory' | 'payment',
): Promise<Database & AsyncDisposable> {
  let attempts = 0;
  const database = createDatabase({
    id: `${service}->db`,
    url: await postgres.createDatabase(`smartorders_${service}`),
    migrations: migrationsFolder(service),
    policy: { timeoutMs: 5_000, breaker: null },
    emit: () => {},
    now: monotonicMs,
    nextAttempt: () => {
      attempts += 1;
      return `test-${attempts}`;
    },
    onPoolError: () => {},
  });
  await database.start(new AbortController().signal);
  return { ...database, [Symbol.asyncDispose]: () => database.close() };
}
