// A pristine copy of the database template for each fleet. Copying 1,300 files takes from 0.1 s to over a second, by the
// disk's mood; so the folder of the fleet before is kept and brought back to the template's state, file by file.
import { execFile } from 'node:child_process';
import { chownSync, copyFileSync, existsSync, lstatSync, readdirSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { systemCodeOf } from '../errors.ts';

const run = promisify(execFile);

export interface DataFolderOptions {
  /** Initialised, never changed; its name says what it is a template of. */
  readonly template: string;
  readonly place: string;
  /** Owner of the files, where it is not the caller. */
  readonly uid: number | undefined;
}

/** The kept folder stands beside its template, under the template's name. */
const keptOf = (template: string): string => join(dirname(template), `kept-${basename(template)}`);

export async function pristineCopy({ template, place, uid }: DataFolderOptions): Promise<void> {
  rmSync(place, { recursive: true, force: true });
  if (moved(keptOf(template), place)) restore(template, place, uid);
  else await run('cp', ['-Rp', template, place]);
}

/** Hands a folder that nobody uses any more to the next fleet; one is enough. */
export function keepForNext({ template, place }: Omit<DataFolderOptions, 'uid'>): void {
  if (existsSync(keptOf(template)) || !moved(place, keptOf(template))) rmSync(place, { recursive: true, force: true });
}

// --- internal ---

/** Renaming is how two fleets that want the same folder find out who gets it. */
function moved(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(systemCodeOf(error) ?? '')) return false;
    throw error;
  }
}

/** Every write moves a file's time; one that the template's time and size still fit was not written to. */
function restore(template: string, place: string, uid: number | undefined): void {
  const wanted = new Set<string>();
  for (const entry of readdirSync(template, { recursive: true, withFileTypes: true })) {
    const source = join(entry.parentPath, entry.name);
    const target = place + source.slice(template.length);
    wanted.add(target);
    if (entry.isFile() && !isUnchanged(source, target)) renew(source, target, uid);
  }
  for (const entry of readdirSync(place, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!wanted.has(path)) rmSync(path, { recursive: true, force: true });
  }
}

function isUnchanged(source: string, target: string): boolean {
  const [was, is] = [lstatSync(source), lstatSync(target, { throwIfNoEntry: false })];
  // Node sets times to the ms only, the copy command to the ns.
  return is !== undefined && was.size === is.size && Math.abs(was.mtimeMs - is.mtimeMs) < 2;
}

function renew(source: string, target: string, uid: number | undefined): void {
  copyFileSync(source, target);
  if (uid !== undefined) chownSync(target, uid, uid);
  const { atime, mtime } = lstatSync(source);
  utimesSync(target, atime, mtime);
}
