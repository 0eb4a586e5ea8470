// One service of a fleet that is up, as the dashboard's detail shows it: its process, and the end of its log.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Inspect } from '../dashboard/ports.ts';
import { tailOf } from './child.ts';
import { isAlive } from './pid.ts';
import type { FleetState } from './state.ts';

const logLines = 20;
/** Linux tells times in ticks of 1/100 s, whatever its kernel's own (proc(5), USER_HZ). */
const ticksPerSecond = 100;

/** A processor's time as of a moment, for the difference to the next one. */
interface Sample {
  readonly pid: number;
  readonly cpuMs: number;
  readonly at: number;
}

/** `stateNow`: a service may have been started anew. */
export function inspectFleet(stateNow: () => FleetState | null, now: () => number = () => performance.now()): Inspect {
  const samples = new Map<string, Sample>();
  return async (service) => {
    const state = stateNow();
    const ref = state?.processes[service];
    const log =
      state === null ? [] : tailOf(join(state.logs, `${service}.log`), logLines).filter((line) => line !== '');
    const none = { service, pid: null, memoryMb: null, cpuPercent: null, upForMs: null, log };
    if (ref === undefined || !isAlive(ref)) return none;
    const { pid } = ref;
    const figures = figuresOf(pid);
    if (figures === null) return { ...none, pid };
    const sample = { pid, cpuMs: figures.cpuMs, at: now() };
    const before = samples.get(service);
    samples.set(service, sample);
    return { ...none, pid, memoryMb: figures.memoryMb, cpuPercent: share(before, sample), upForMs: figures.upForMs };
  };
}

// --- internal ---

/** At the first look there is nothing to compare with. */
function share(before: Sample | undefined, { pid, cpuMs, at }: Sample): number | null {
  if (before === undefined || before.pid !== pid || at <= before.at) return null;
  return ((cpuMs - before.cpuMs) / (at - before.at)) * 100;
}

interface Figures {
  readonly memoryMb: number | null;
  readonly cpuMs: number;
  readonly upForMs: number;
}

/** null: this system does not tell (only Linux has /proc), or the process left meanwhile. */
function figuresOf(pid: number): Figures | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = (index: number): number => (Number(fields[index]) / ticksPerSecond) * 1_000;
    const upMs = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * 1_000;
    return { memoryMb: memoryOf(pid), cpuMs: ticks(11) + ticks(12), upForMs: Math.max(0, upMs - ticks(19)) };
  } catch {
    return null;
  }
}

/** Its proportional share (PSS): what it shares with other processes counts in parts. */
function memoryOf(pid: number): number | null {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(text)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) / 1_024;
}
