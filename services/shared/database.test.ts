import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from '../testing/postgres.ts';
import { aRecorder } from '../testing/recorder.ts';
import { createDatabase } from './database.ts';
import { SchemaTooNewError } from './migrate.ts';
import { monotonicMs } from './monotonic.ts';
import { migrationsFolder } from './package-root.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 30_000);
const folders: string[] = [];
afterAll(async () => {
  await postgres[Symbol.asyncDispose]();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function someMigrations(...files: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'smartorders-migrations-'));
  folders.push(folder);
  for (const [index, sql] of files.entries()) await writeFile(join(folder, `00${index + 1}-step.sql`), sql);
  return folder;
}

const forever = new AbortController().signal;
const createThings = 'CREATE TABLE things (id text PRIMARY KEY)';
const addThing = { name: 'add-thing', text: 'INSERT INTO things (id) VALUES ($1)' };
const listThings = { name: 'list-things', text: 'SELECT id FROM things' };
const sleep = { name: 'sleep', text: 'SELECT pg_sleep($1)' };

function aDatabase(url: string, migrations: string, timeoutMs = 2_000) {
  const recorder = aRecorder();
  let attempts = 0;
  const database = createDatabase({
    id: 'order->db',
    url,
    migrations,
    policy: { timeoutMs, breaker: null },
    emit: recorder.emit,
    now: monotonicMs,
    nextAttempt: () => {
      attempts += 1;
      return `boot-${attempts}`;
    },
    onPoolError: () => {},
  });
  return { database, recorder, [Symbol.asyncDispose]: () => database.close() };
}

/** A relay in front of the server that a test can cut. */
async function aRelay(port: number) {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    for (const socket of [client, upstream]) sockets.add(socket.on('error', () => {}));
    client.pipe(upstream).pipe(client);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { port: address.port, cut };
}

describe('database', () => {
  it('applies migrations once and in order, then answers statements as events', async () => {
    const url = await postgres.createDatabase('migrated');
    const folder = await someMigrations(createThings, "INSERT INTO things VALUES ('first')");
    for (let start = 0; start < 2; start += 1) {
      await using service = aDatabase(url, folder);
      expect(await service.database.isReady()).toBe(false);
      await service.database.start(forever);
      expect(await service.database.isReady()).toBe(true);
      expect(await service.database.query(listThings, [], { key: 'k' })).toEqual([{ id: 'first' }]);
      expect(service.recorder.events).toMatchObject([
        {
          type: 'call',
          link: 'order->db',
          operation: 'list-things',
          key: 'k',
          state: 'closed',
          generation: 0,
          outcome: 'success',
        },
      ]);
    }
  });

  it('lets two processes start on one empty database at once', async () => {
    const url = await postgres.createDatabase('raced');
    const folder = await someMigrations(createThings);
    await using one = aDatabase(url, folder);
    await using other = aDatabase(url, folder);
    await Promise.all([one.database.start(forever), other.database.start(forever)]);
    expect(await other.database.query(listThings, [])).toEqual([]);
  });

  it('refuses a database that a newer version made', async () => {
    const url = await postgres.createDatabase('newer');
    await using service = aDatabase(url, await someMigrations(createThings, 'SELECT 1'));
    await service.database.start(forever);
    await using older = aDatabase(url, await someMigrations(createThings));
    await expect(older.database.start(forever)).rejects.toThrow(SchemaTooNewError);
  });

  it('undoes a migration that fails half-way, and says so at once', async () => {
    const url = await postgres.createDatabase('broken');
    await using service = aDatabase(url, await someMigrations(createThings, 'SELECT nonsense'));
    await expect(service.database.start(forever)).rejects.toThrow('nonsense');
    await using again = aDatabase(url, await someMigrations(createThings));
    await again.database.start(forever);
  });

  it('waits for a database that is not there yet', async () => {
    const folder = await someMigrations(createThings);
    await using service = aDatabase(`postgres://postgres@127.0.0.1:${postgres.port}/late`, folder);
    const started = service.database.start(forever);
    await expect(service.database.query(listThings, [])).rejects.toMatchObject({ problem: { code: 'unavailable' } });
    await postgres.createDatabase('late');
    await started;
    expect(await service.database.isReady()).toBe(true);
  });

  it('cuts a statement off at the timeout, and a changed policy changes it', async () => {
    const url = await postgres.createDatabase('slow');
    await using service = aDatabase(url, await someMigrations(), 60);
    await service.database.start(forever);
    await expect(service.database.query(sleep, [5])).rejects.toMatchObject({ problem: { code: 'unavailable' } });
    expect(service.recorder.of('call')).toMatchObject([{ outcome: 'failure', failure: 'timeout' }]);
    expect(service.database.adopt({ timeoutMs: 2_000, breaker: null })).toEqual({ timeoutMs: 60, breaker: null });
    expect(await service.database.query(sleep, [0.1])).toHaveLength(1);
  });

  it('counts a broken constraint as an answer, and a wrong statement as a bug', async () => {
    const url = await postgres.createDatabase('constrained');
    await using service = aDatabase(url, await someMigrations(createThings));
    await service.database.start(forever);
    await service.database.query(addThing, ['a']);
    await expect(service.database.query(addThing, ['a'])).rejects.toMatchObject({ code: '23505' });
    await expect(service.database.query({ name: 'bad', text: 'SELEC' }, [])).rejects.toMatchObject({ code: '42601' });
    expect(service.recorder.of('call').map(({ outcome }) => outcome)).toEqual(['success', 'success', 'failure']);
  });

  it('survives a cut of its link and works again after it', async () => {
    await postgres.createDatabase('cut');
    const relay = await aRelay(postgres.port);
    await using service = aDatabase(
      `postgres://postgres@127.0.0.1:${relay.port}/cut`,
      await someMigrations(createThings),
    );
    await service.database.start(forever);
    await service.database.query(listThings, []);
    const sleeping = service.database.query(sleep, [5]).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 30));
    relay.cut();
    expect(await sleeping).toMatchObject({ problem: { code: 'unavailable' } });
    await expect(service.database.query(listThings, [])).rejects.toMatchObject({ problem: { code: 'unavailable' } });
    expect(service.recorder.of('call').map(({ failure }) => failure)).toEqual([undefined, 'closed', 'refused']);
    expect(await service.database.isReady()).toBe(false);
  });

  it.each(['user', 'order', 'inventory', 'payment'])('takes the migrations of %s', async (service) => {
    const url = await postgres.createDatabase(`of_${service}`);
    await using opened = aDatabase(url, migrationsFolder(service));
    await opened.database.start(forever);
    expect(await opened.database.isReady()).toBe(true);
  });
});
