// What a process takes of the machine, by /proc.
import { readFileSync } from 'node:fs';
import type { PartFigures } from './part-figures.ts';

/** Linux tells times in ticks of 1/100 s, whatever its kernel's own (proc(5), USER_HZ). */
const ticksPerSecond = 100;

/** Nothing but its pid where this system does not tell (only Linux has /proc), or where the process left meanwhile. */
export function processFigures(pid: number): PartFigures {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = (index: number): number => (Number(fields[index]) / ticksPerSecond) * 1_000;
    const upMs = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * 1_000;
    return { pid, memoryMb: memoryOf(pid), cpuMs: ticks(11) + ticks(12), upForMs: Math.max(0, upMs - ticks(19)) };
  } catch {
    return { pid, memoryMb: null, cpuMs: null, upForMs: null };
  }
}

/** Its proportional share (PSS): what it shares with other processes counts in parts. */
function memoryOf(pid: number): number | null {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(text)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) / 1_024;
}
