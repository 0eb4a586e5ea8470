// A folder that will be written to: whether it can be, and how much room there is.
import { accessSync, constants, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { bytes } from '../../verdict/figures.ts';
import { type Finding, note, ok, problem } from './finding.ts';

export interface FolderFacts {
  readonly folder: string;
  readonly isWritable: boolean;
  readonly freeBytes: number;
}

/** A folder that is not there yet is judged by the nearest one above it that is. */
export function lookAtFolder(folder: string): FolderFacts {
  const place = nearestExisting(folder);
  const { bavail, bsize } = statfsSync(place);
  return { folder, isWritable: isWritableFolder(place), freeBytes: bavail * bsize };
}

/** A fleet's database and logs take some 60 MB, a run's journal a few. */
const [neededBytes, comfortableBytes] = [200e6, 1e9];

export function judgeFolder(check: string, { folder, isWritable, freeBytes }: FolderFacts, otherwise: string): Finding {
  if (!isWritable) return problem(check, `${folder} cannot be written to`, otherwise);
  const seen = `${folder} is writable, ${bytes(freeBytes)} free`;
  if (freeBytes < neededBytes) return problem(check, seen, `make room for ${bytes(neededBytes)}, or ${otherwise}`);
  return freeBytes < comfortableBytes ? note(check, seen, 'make some room before many runs') : ok(check, seen);
}

function nearestExisting(folder: string): string {
  let place = folder;
  while (statSync(place, { throwIfNoEntry: false }) === undefined && place !== dirname(place)) place = dirname(place);
  return place;
}

function isWritableFolder(place: string): boolean {
  try {
    accessSync(place, constants.W_OK | constants.X_OK);
    return statSync(place).isDirectory();
  } catch {
    return false;
  }
}
