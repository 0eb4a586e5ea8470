// Whether a process of an earlier life is still the same one: a pid alone may have been given to somebody else.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

export const processRefSchema = z.object({ pid: z.int().positive(), startedAt: z.string() });
export type ProcessRef = Readonly<z.infer<typeof processRefSchema>>;

/** When a process started, in the system's own terms; null if there is no such process (or it is a zombie). */
export function startTimeOf(pid: number): string | null {
  return process.platform === 'linux' ? linuxStartTime(pid) : portableStartTime(pid);
}

export const refTo = (pid: number): ProcessRef => ({ pid, startedAt: startTimeOf(pid) ?? 'gone' });

export const isAlive = ({ pid, startedAt }: ProcessRef): boolean => startTimeOf(pid) === startedAt;

/** Sends a signal to exactly that process; a process that is gone is no error. */
export function signal(ref: ProcessRef, name: NodeJS.Signals): void {
  if (!isAlive(ref)) return;
  try {
    process.kill(ref.pid, name);
  } catch {
    // It left between the look and the signal.
  }
}

/** Field 22 of /proc/<pid>/stat, counted after the command's closing parenthesis (proc(5)). */
function linuxStartTime(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

function portableStartTime(pid: number): string | null {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return line === '' || line.startsWith('Z') ? null : line.replace(/^\S+\s+/, '');
  } catch {
    return null;
  }
}
