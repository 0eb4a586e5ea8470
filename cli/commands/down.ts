// `smartorders down`: ends a fleet, also one whose keeper was killed.
import { findFleet, takeDown } from '../fleet/fleet.ts';
import { sweepDeadFleets } from '../fleet/sweep.ts';
import type { Terminal } from '../terminal.ts';

export interface DownOptions {
  readonly fleet: string;
}

export async function down({ fleet: name }: DownOptions, { env, out }: Terminal): Promise<void> {
  const swept = await sweepDeadFleets(env);
  const state = findFleet(name, env);
  if (state !== null) await takeDown(state);
  if (state !== null) out(`fleet ${name} is down`);
  else if (swept.includes(name)) out(`fleet ${name} had lost its keeper; what it left is cleaned up`);
  else out(`no fleet named ${name} is up`);
}
