// All fleets of this state folder, told apart by whether their keeper lives.
import { fleetPaths, stateFolder } from './paths.ts';
import { isAlive } from './pid.ts';
import { type FleetState, knownFleets, readState } from './state.ts';

export interface Fleets {
  readonly live: readonly FleetState[];
  /** The keeper was killed: what is left of them can be swept. */
  readonly dead: readonly FleetState[];
}

export function fleetsOf(env: NodeJS.ProcessEnv): Fleets {
  const states = knownFleets(stateFolder(env)).flatMap((name) => readState(fleetPaths(name, env).stateFile) ?? []);
  return {
    live: states.filter(({ keeper }) => isAlive(keeper)),
    dead: states.filter(({ keeper }) => !isAlive(keeper)),
  };
}
