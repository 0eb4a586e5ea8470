// One service of a fleet that is up, as the dashboard's detail and `status` show it: what it takes, and the end of its log.
import { join } from 'node:path';
import type { Inspect } from '../dashboard/ports.ts';
import { tailOf } from './child.ts';
import { type PartFigures, partFigures } from './part-figures.ts';
import type { FleetState } from './state.ts';

const logLines = 20;

/** A processor's time as of a moment, for the difference to the next one. */
interface Sample {
  readonly pid: number;
  readonly cpuMs: number;
  readonly at: number;
}

export interface InspectOptions {
  readonly now?: () => number;
  readonly figuresOf?: (state: FleetState, part: string) => Promise<PartFigures | null>;
}

/** `stateNow`: a service may have been started anew. */
export function inspectFleet(
  stateNow: () => FleetState | null,
  { now = () => performance.now(), figuresOf = partFigures }: InspectOptions = {},
): Inspect {
  const samples = new Map<string, Sample>();

  /** At the first look there is nothing to compare with. */
  function share(service: string, { pid, cpuMs }: PartFigures): number | null {
    if (cpuMs === null) return null;
    const sample = { pid, cpuMs, at: now() };
    const before = samples.get(service);
    samples.set(service, sample);
    if (before === undefined || before.pid !== pid || sample.at <= before.at) return null;
    return ((cpuMs - before.cpuMs) / (sample.at - before.at)) * 100;
  }

  return async (service) => {
    const state = stateNow();
    const log =
      state === null ? [] : tailOf(join(state.logs, `${service}.log`), logLines).filter((line) => line !== '');
    // An engine that does not answer is no reason to show nothing.
    const figures = state === null ? null : await figuresOf(state, service).catch(() => null);
    if (figures === null) return { service, pid: null, memoryMb: null, cpuPercent: null, upForMs: null, log };
    const { pid, memoryMb, upForMs } = figures;
    return { service, pid, memoryMb, cpuPercent: share(service, figures), upForMs, log };
  };
}
