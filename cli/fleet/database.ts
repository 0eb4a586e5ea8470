// The database server of a fleet: the embedded one, or the one that DATABASE_URL names.
import { z } from 'zod';
import { hasDatabase, type ServiceName, serviceNames } from '../../services/fleet.ts';
import { messageOf, SmartOrdersError } from '../errors.ts';
import type { Child } from './child.ts';
import { databaseUrl, type Postgres, type PostgresOptions, startPostgres } from './postgres.ts';

export interface Database {
  /** `host:port`, the upstream of the database links. */
  readonly upstream: string;
  /** The URL that a service reaches its database by, through its link's port. */
  urlFor(service: ServiceName, linkPort: number): string;
  /** Answers with the server's process, or null where the server is somebody else's. */
  start(): Promise<Child | null>;
  /** Once the server's process has left, or where it is somebody else's: nothing of this fleet stays in it. */
  dispose(): Promise<void>;
}

const databaseOf = (service: ServiceName): string => `smartorders_${service}`;

const services = serviceNames.filter(hasDatabase);

export type EmbeddedOptions = Omit<PostgresOptions, 'databases'>;

export function embeddedDatabase(options: EmbeddedOptions): Database {
  let server: Postgres | null = null;
  return {
    upstream: `127.0.0.1:${options.port}`,
    urlFor: (service, linkPort) => databaseUrl(linkPort, databaseOf(service)),
    start: async () => {
      server = await startPostgres({ ...options, databases: services.map(databaseOf) });
      return server.child;
    },
    dispose: async () => server?.giveBack(),
  };
}

/** Creates this fleet's databases on another server; they go with the fleet. `fleet`: unique on that server. */
export function externalDatabase(url: string, fleet: string): Database {
  const server = parse(url);
  const nameOf = (service: ServiceName): string => `${databaseOf(service)}_${fleet.replaceAll(/\W/g, '_')}`;
  return {
    upstream: `${server.hostname}:${server.port || '5432'}`,
    urlFor: (service, linkPort) => {
      const own = new URL(server);
      own.hostname = '127.0.0.1';
      own.port = String(linkPort);
      own.pathname = `/${nameOf(service)}`;
      return own.href;
    },
    start: async () => {
      const alreadyThere = ['42P04'];
      await execute(
        url,
        (quote) => services.map((service) => `CREATE DATABASE ${quote(nameOf(service))}`),
        alreadyThere,
      );
      return null;
    },
    dispose: () =>
      execute(url, (quote) =>
        services.map((service) => `DROP DATABASE IF EXISTS ${quote(nameOf(service))} WITH (FORCE)`),
      ),
  };
}

export interface ExternalServer {
  readonly version: string;
  /** Whether its user may create a fleet's databases. */
  readonly mayCreate: boolean;
}

const serverSchema = z.object({ version: z.string(), may_create: z.boolean() });

/** Asks the server of DATABASE_URL who it is. */
export async function lookAtExternal(url: string): Promise<ExternalServer> {
  parse(url);
  const { Client } = (await import('pg')).default;
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000, query_timeout: 2_000 });
  try {
    await client.connect();
    const { rows } = await client.query(
      `SELECT current_setting('server_version') AS version, rolsuper OR rolcreatedb AS may_create
       FROM pg_roles WHERE rolname = current_user`,
    );
    const { version, may_create: mayCreate } = serverSchema.parse(rows[0]);
    return { version, mayCreate };
  } catch (cause) {
    throw new SmartOrdersError('database', `the server of DATABASE_URL does not answer: ${messageOf(cause)}`, {
      hint: 'start it or correct the URL; or unset DATABASE_URL to use the embedded server',
      cause,
    });
  } finally {
    await client.end().catch(() => {});
  }
}

function parse(url: string): URL {
  const parsed = URL.parse(url);
  if (parsed !== null && /^postgres(ql)?:$/.test(parsed.protocol) && parsed.hostname !== '') return parsed;
  throw new SmartOrdersError('database-url', 'DATABASE_URL is not a PostgreSQL URL', {
    hint: 'write it as postgres://user:password@host:5432/database, or unset it to use the embedded server',
  });
}

/** `tolerated`: SQLSTATE codes that mean it is so already. */
async function execute(
  url: string,
  list: (quote: (name: string) => string) => readonly string[],
  tolerated: readonly string[] = [],
): Promise<void> {
  const { Client } = (await import('pg')).default;
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    for (const statement of list((name) => client.escapeIdentifier(name))) {
      await client.query(statement).catch((error: unknown) => {
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        if (typeof code !== 'string' || !tolerated.includes(code)) throw error;
      });
    }
  } catch (error) {
    throw new SmartOrdersError('database', `the server of DATABASE_URL refuses: ${messageOf(error)}`, {
      hint: 'its user must be allowed to create databases; or unset DATABASE_URL to use the embedded server',
      cause: error,
    });
  } finally {
    await client.end().catch(() => {});
  }
}
