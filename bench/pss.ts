// Memory of processes as Linux counts it: the proportional set size, shared pages divided among those who share them.
import { readdirSync, readFileSync } from 'node:fs';

/** MB; 0 for a process that is gone. */
export function pssMb(pid: number): number {
  const [, kilobytes = '0'] = /^Pss:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/smaps_rollup`)) ?? [];
  return Number(kilobytes) / 1024;
}

/** The process and all below it. */
export function familyOf(pid: number): readonly number[] {
  const parents = parentsByPid();
  const family = [pid];
  // Grows while it is walked.
  for (const member of family) for (const [child, parent] of parents) if (parent === member) family.push(child);
  return family;
}

/** The parent's pid in the text of /proc/<pid>/stat: the second field behind the name, which may hold anything. */
export function parentIn(stat: string): number | undefined {
  const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return parent === undefined ? undefined : Number(parent);
}

// --- internal ---

function parentsByPid(): ReadonlyMap<number, number> {
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  return new Map(
    pids.flatMap((pid) => {
      const parent = parentIn(read(`/proc/${pid}/stat`));
      return parent === undefined ? [] : [[Number(pid), parent]];
    }),
  );
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
