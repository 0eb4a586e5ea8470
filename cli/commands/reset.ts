// `smartorders reset`: makes a fleet whole, whoever broke it and however.
import { z } from 'zod';
import { keeperOf, requireFleet } from '../fleet/fleet.ts';
import type { Terminal } from '../terminal.ts';

export interface ResetOptions {
  readonly fleet: string;
  readonly force?: boolean;
}

/** Errors: `leased` (5) while a run is on, unless forced; `not-healed` (5). */
export async function reset({ fleet, force = false }: ResetOptions, { env, out, paint }: Terminal): Promise<void> {
  const state = requireFleet(fleet, env);
  await using keeper = await keeperOf(state);
  const healed = await keeper.ask({ op: 'reset', force }, z.array(z.string()));
  if (force && state.run !== null) out(`run ${state.run} is ended`);
  for (const what of healed) out(`${paint.ok('healed')}  ${what}`);
  out(`fleet ${fleet} is whole: links open, no failpoints, breakers closed, policies as declared`);
}
