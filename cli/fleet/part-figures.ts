// What a part of a fleet takes of the machine, as its driver can tell: of a process, or of a container.
import { isAlive } from './pid.ts';
import { processFigures } from './process-figures.ts';
import type { FleetState } from './state.ts';

export interface PartFigures {
  /** Of the machine that runs it; with Docker Desktop, that is the engine's own. */
  readonly pid: number;
  readonly memoryMb: number | null;
  /** The processor's time since its start; null where the system does not tell. */
  readonly cpuMs: number | null;
  readonly upForMs: number | null;
}

/** null: it does not run. */
export async function partFigures(state: FleetState, part: string): Promise<PartFigures | null> {
  if (state.driver === 'docker') {
    const { containerFigures } = await import('./docker/container-figures.ts');
    return containerFigures(state.name, part);
  }
  const ref = state.processes[part];
  return ref === undefined || !isAlive(ref) ? null : processFigures(ref.pid);
}
