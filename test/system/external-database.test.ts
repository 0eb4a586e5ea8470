import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { freeBlock } from '../../cli/fleet/ports.ts';
import { aWorld, freeBasePort, root } from '../support/cli.ts';

/** Debian's server programs, newest first. */
const debianServers = existsSync('/usr/lib/postgresql')
  ? readdirSync('/usr/lib/postgresql')
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => `/usr/lib/postgresql/${version}/bin`)
      .filter((folder) => existsSync(join(folder, 'initdb')))
  : [];
const [bin] = debianServers;
const nobody = 65_534;

interface Server extends AsyncDisposable {
  readonly url: string;
  databases(): Promise<readonly string[]>;
}

async function aServer(programs: string): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'smartorders-pg-'));
  const user = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  if ('uid' in user) chownSync(folder, nobody, nobody);
  const data = join(folder, 'data');
  execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'shop', '-A', 'trust', '--no-sync'], {
    cwd: folder,
    ...user,
  });
  const { controlPort: port } = await freeBlock(Math.random);
  const options = [
    '-D',
    data,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'unix_socket_directories=',
  ];
  const server = spawn(join(programs, 'postgres'), options, {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...user,
  });
  const exited = once(server, 'exit');
  for await (const chunk of server.stderr) if (String(chunk).includes('ready to accept connections')) break;
  const url = `postgres://shop@127.0.0.1:${port}/postgres`;
  return {
    url,
    databases: async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      const { rows } = await client.query<{ datname: string }>(
        "select datname from pg_database where datname like 'smart%'",
      );
      await client.end();
      return rows.map(({ datname }) => datname).sort();
    },
    [Symbol.asyncDispose]: async () => {
      server.kill('SIGQUIT');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

describe.skipIf(bin === undefined)('a PostgreSQL server of somebody else', () => {
  it('serves a run by DATABASE_URL and is left as it was', async () => {
    await using server = await aServer(bin ?? '');
    await using world = aWorld({ DATABASE_URL: server.url });
    const { stdout: health } = await world.run('doctor', '--base-port', String(await freeBasePort()));
    expect(health).toMatch(/✔ database +PostgreSQL \d+.* of DATABASE_URL$/m);
    const running = world.start('scenario', 'run', join(root, 'test/scenarios/brief-outage.yaml'));
    await running.line(/phase baseline/);
    expect(await server.databases()).toHaveLength(4);
    expect(world.fleets()[0]?.processes.db).toBeUndefined();
    const { code, stdout } = await running.finished;
    expect(stdout).toMatch(/✔ passed/);
    expect(code).toBe(0);
    expect(await server.databases()).toEqual([]);
  });

  it('that is not there is a clear error', async () => {
    await using world = aWorld({ DATABASE_URL: 'postgres://shop@127.0.0.1:1/postgres' });
    const { code, stderr } = await world.run('scenario', 'run', 'payment-outage');
    expect(code).toBe(5);
    expect(stderr).toMatch(/DATABASE_URL/);
  });
});
