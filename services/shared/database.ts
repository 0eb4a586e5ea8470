// The link of a service to its own database: a pool, named statements, one `call` event a statement.
// It has a timeout and no breaker. Whatever goes wrong on the way is one answer to the client: 503 `unavailable`.
import type { Pool, QueryResultRow } from 'pg';
import type { CallFailure } from '../contract/events.ts';
import type { Policy } from '../contract/policy.ts';
import type { LinkId } from '../fleet.ts';
import { callFailureOf, codeOf } from './call-failure.ts';
import type { Emit } from './events.ts';
import type { Adjustable } from './link.ts';
import { migrate, readMigrations } from './migrate.ts';
import { type ProblemError, problemError } from './problem.ts';
import { noTracing, type Tracing } from './tracing.ts';

export interface Statement {
  /** Also the operation in events. */
  readonly name: string;
  readonly text: string;
}

/** What the pool of connections does now. */
export interface PoolView {
  readonly idle: number;
  readonly used: number;
  readonly max: number;
  /** Statements that wait for a connection. */
  readonly pending: number;
}

/** What repositories need. */
export interface Sql {
  readonly query: <Row extends QueryResultRow>(
    statement: Statement,
    values: readonly unknown[],
    context?: { readonly key?: string | undefined },
  ) => Promise<readonly Row[]>;
}

export interface Database extends Sql, Adjustable {
  /** Waits for the server, applies the migrations, then lets queries through. */
  readonly start: (signal: AbortSignal) => Promise<void>;
  /** Migrations are applied and the server answers now. */
  readonly isReady: () => Promise<boolean>;
  readonly pool: () => PoolView;
  readonly close: () => Promise<void>;
}

export interface DatabaseOptions {
  readonly id: LinkId;
  readonly url: string;
  readonly policy: Policy;
  readonly emit: Emit;
  readonly now: () => number;
  readonly nextAttempt: () => string;
  /** The folder of `*.sql` files. */
  readonly migrations: string;
  readonly onPoolError: (error: Error) => void;
  /** Between two tries to reach a server that is not up yet, ms. Default 20. */
  readonly retryMs?: number;
  /** Default none. */
  readonly tracing?: Tracing;
}

const poolSize = 10;

export function createDatabase(options: DatabaseOptions): Database {
  const { id, url, emit, now, nextAttempt, onPoolError, retryMs = 20, tracing = noTracing } = options;
  const since = now();
  let policy = options.policy;
  /** Set once the migrations are applied. */
  let pool: Pool | undefined;
  let openPool: (() => Pool) | undefined;

  const prepare = async (): Promise<() => Pool> => {
    const pg = await importPg();
    return () => {
      const opened = new pg.Pool({ connectionString: url, max: poolSize, ...timeouts(policy) });
      // An idle connection that breaks must not end the process; the next query gets another one.
      opened.on('error', onPoolError);
      return opened;
    };
  };

  const migrateOnce = async (): Promise<void> => {
    const pg = await importPg();
    const client = new pg.Client({ connectionString: url, ...timeouts(policy) });
    client.on('error', onPoolError);
    try {
      await client.connect();
      await migrate(client, await readMigrations(options.migrations));
    } finally {
      await client.end().catch(() => {});
    }
  };

  const query: Sql['query'] = async <Row extends QueryResultRow>(
    { name, text }: Statement,
    values: readonly unknown[],
    { key }: { readonly key?: string | undefined } = {},
  ) => {
    if (pool === undefined) throw problemError('unavailable', { detail: 'the service is starting' });
    const attempt = nextAttempt();
    const start = now();
    const span = tracing.call({ link: id, operation: name, attempt, isDatabase: true });
    const report = (outcome: 'success' | 'failure', failure?: CallFailure): void => {
      const end = now();
      const asked = { generation: 0, state: 'closed', admitted: true } as const;
      emit({ type: 'call', link: id, key, operation: name, attempt, ...asked, start, end, outcome, failure }, end);
      span.end({ outcome, failure });
    };
    try {
      const { rows } = await pool.query<Row>({ name, text, values: [...values] });
      report('success');
      return rows;
    } catch (error) {
      if (isConstraint(error)) {
        report('success');
        throw error;
      }
      report('failure', databaseFailure(error));
      throw isOutage(error) ? unavailable(error) : error;
    }
  };

  return {
    id,
    query,
    start: async (signal) => {
      openPool = await prepare();
      while (pool === undefined) {
        signal.throwIfAborted();
        try {
          await migrateOnce();
          pool = openPool();
        } catch (error) {
          if (!isOutage(error)) throw error;
          await new Promise((resolve) => setTimeout(resolve, retryMs));
        }
      }
    },
    isReady: async () => {
      if (pool === undefined) return false;
      return pool.query('SELECT 1').then(
        () => true,
        () => false,
      );
    },
    pool: () => {
      const { totalCount: total = 0, idleCount: idle = 0, waitingCount: pending = 0 } = pool ?? {};
      return { idle, used: total - idle, max: poolSize, pending };
    },
    policy: () => policy,
    view: () => ({ link: id, policy, state: 'off', streak: 0, generation: 0, ageMs: now() - since }),
    adopt: (next) => {
      const previous = policy;
      policy = next;
      if (pool !== undefined && openPool !== undefined && next.timeoutMs !== previous.timeoutMs) {
        // pg reads timeouts when a pool is made. Statements under way finish on the old one.
        pool.end().catch(onPoolError);
        pool = openPool();
      }
      return previous;
    },
    force: () => {
      throw new RangeError('a link to a database has no breaker');
    },
    close: async () => {
      await pool?.end();
    },
  };
}

// --- internal ---

/** Loaded by the first connection and not by the start: listening does not need it. */
const importPg = async () => (await import('pg')).default;

const timeouts = ({ timeoutMs }: Policy) => ({
  connectionTimeoutMillis: timeoutMs,
  statement_timeout: timeoutMs,
  query_timeout: timeoutMs,
});

const unavailable = (cause: unknown): ProblemError =>
  problemError('unavailable', { detail: 'the database does not answer', cause });

/** SQLSTATE classes: 08 connection, 3D no such database yet, 53 resources, 57 shutdown and statement timeout, 58 system. */
const outageClasses = new Set(['08', '3D', '53', '57', '58']);

/** PostgreSQL's own errors carry five-character codes; everything else came from the way there. */
function sqlState(error: unknown): string | undefined {
  const code = error instanceof Error ? codeOf(error) : undefined;
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) && 'severity' in Object(error) ? code : undefined;
}

function isOutage(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) return outageClasses.has(state.slice(0, 2));
  return callFailureOf(error) !== 'other';
}

const isConstraint = (error: unknown): boolean => sqlState(error)?.startsWith('23') ?? false;

export const isUniqueViolation = (error: unknown): boolean => sqlState(error) === '23505';

function databaseFailure(error: unknown): CallFailure {
  const state = sqlState(error);
  if (state === '57014') return 'timeout';
  return state === undefined ? callFailureOf(error) : 'other';
}
