// A folder and those above it.
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemCodeOf } from '../errors.ts';

/** Not by Node's own `recursive`: it never returns where a folder that is there takes no other in it and says ENOENT, as /proc does. */
export function makeFolder(folder: string): void {
  if (isFolder(folder)) return;
  const above = dirname(folder);
  if (above !== folder) makeFolder(above);
  try {
    mkdirSync(folder);
  } catch (error) {
    // Somebody else was faster.
    if (systemCodeOf(error) !== 'EEXIST' || !isFolder(folder)) throw error;
  }
}

// --- internal ---

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
