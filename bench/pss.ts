// What processes take, as Linux counts it. Memory: the proportional set size, shared pages divided among those who share them.
import { readdirSync, readFileSync } from 'node:fs';

/** MB; 0 for a process that is gone. */
export function pssMb(pid: number): number {
  const [, kilobytes = '0'] = /^Pss:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/smaps_rollup`)) ?? [];
  return Number(kilobytes) / 1024;
}

/** The most that the process ever had resident, MB; 0 for one that is gone. */
export function peakRssMb(pid: number): number {
  const [, kilobytes = '0'] = /^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`)) ?? [];
  return Number(kilobytes) / 1024;
}

/** What the process has computed so far, in user and system mode; 0 for one that is gone. */
export const cpuSeconds = (pid: number): number => cpuSecondsIn(read(`/proc/${pid}/stat`));

/** Of the text of /proc/<pid>/stat. */
export function cpuSecondsIn(stat: string): number {
  const [user = 0, system = 0] = fieldsOf(stat).slice(11, 13).map(Number);
  return (user + system) / ticksPerSecond;
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
  const [, parent] = fieldsOf(stat);
  return parent === undefined ? undefined : Number(parent);
}

// --- internal ---

/** Linux tells all programs a hundredth of a second, whatever its own clock (proc(5), sysconf(_SC_CLK_TCK)). */
const ticksPerSecond = 100;

/** Those behind the name, from the state on. */
const fieldsOf = (stat: string): readonly string[] => stat.slice(stat.lastIndexOf(')') + 2).split(' ');

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
