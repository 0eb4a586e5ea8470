// Cleans up after a fleet whose keeper was killed: its services left with their pipes, the database and the files did not.
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fleetsOf } from './fleets.ts';
import { fleetPaths } from './paths.ts';
import { isAlive, type ProcessRef, signal } from './pid.ts';
import { type FleetState, removeState } from './state.ts';

/** Removes what dead fleets left behind; answers with their names. */
export async function sweepDeadFleets(env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  const { dead } = fleetsOf(env);
  for (const state of dead) await sweep(state, fleetPaths(state.name, env).stateFile);
  return dead.map(({ name }) => name);
}

const databasePatienceMs = 1_000;

async function sweep(state: FleetState, stateFile: string): Promise<void> {
  const left = Object.values(state.processes);
  // A PostgreSQL that is asked takes its children along.
  const { db } = state.processes;
  if (db !== undefined) {
    signal(db, 'SIGQUIT');
    for (let waited = 0; isAlive(db) && waited < databasePatienceMs; waited += 5) await sleep(5);
  }
  for (const process of left) signal(process, 'SIGKILL');
  while (left.some((process: ProcessRef) => isAlive(process))) await sleep(5);
  if (state.driver === 'docker') await (await import('./docker/remove.ts')).removeContainers(state.name);
  for (const folder of state.folders) rmSync(folder, { recursive: true, force: true });
  removeState(stateFile);
}
