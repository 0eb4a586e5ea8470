// Where a fleet keeps its state, logs and caches; falls back to a private folder under the temporary one
// where the home folder is missing or read-only.
import { createHash } from 'node:crypto';
import { accessSync, chmodSync, constants, lstatSync, mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf, SmartOrdersError } from '../errors.ts';

const ownUid = (): number => process.getuid?.() ?? 0;

/** The installed package's own folder: the nearest one above this file with a package.json. */
export function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!isReadable(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** `$XDG_STATE_HOME/smartorders`, else `~/.local/state/smartorders`, else a private folder under the temporary one. */
export function stateFolder(env: NodeJS.ProcessEnv): string {
  // Set but empty, or relative, counts as not set (XDG Base Directory Specification).
  const home = absolute(env.XDG_STATE_HOME) ?? join(homeFolder(env), '.local', 'state');
  return firstWritable([join(home, 'smartorders'), join(tmpdir(), `smartorders-${ownUid()}`)], 0o700);
}

/**
 * Where an unprivileged PostgreSQL can live. The server refuses root, so as root this is a place that any user may
 * enter and only root may change; else it is simply the state folder.
 */
export function databaseRoot(env: NodeJS.ProcessEnv): string {
  if (ownUid() !== 0) return stateFolder(env);
  return firstWritable(['/var/lib/smartorders', join(tmpdir(), 'smartorders-root')], 0o755);
}

export interface FleetPaths {
  readonly folder: string;
  readonly stateFile: string;
  readonly logs: string;
  readonly database: string;
}

export function fleetPaths(name: string, env: NodeJS.ProcessEnv): FleetPaths {
  const root = stateFolder(env);
  return {
    folder: join(root, name),
    stateFile: join(root, `${name}.json`),
    logs: join(root, name, 'logs'),
    // As root this place is shared by all state folders: two fleets of one name must not meet in it.
    database: join(databaseRoot(env), `${name}-${shortHash(root)}-database`),
  };
}

/** A user without an entry in the system's list and without HOME has none; then the next candidate is taken. */
function homeFolder(env: NodeJS.ProcessEnv): string {
  try {
    return absolute(env.HOME) ?? homedir();
  } catch {
    return '/nonexistent';
  }
}

const absolute = (path: string | undefined): string | undefined =>
  path !== undefined && isAbsolute(path) ? path : undefined;

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

function firstWritable(candidates: readonly string[], mode: number): string {
  const problems: string[] = [];
  for (const folder of candidates) {
    try {
      mkdirSync(folder, { recursive: true, mode });
      accessSync(folder, constants.W_OK | constants.X_OK);
      const stats = lstatSync(folder);
      // Under a shared temporary folder somebody else may have made it first.
      if (stats.uid !== ownUid() || !stats.isDirectory()) throw new Error('belongs to somebody else');
      // Whatever the umask made of it.
      chmodSync(folder, mode);
      return folder;
    } catch (error) {
      problems.push(`${folder}: ${messageOf(error)}`);
    }
  }
  throw new SmartOrdersError('no-state-folder', `no folder to keep the fleet's state in (${problems.join('; ')})`, {
    hint: 'set XDG_STATE_HOME to a folder you can write to',
  });
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
