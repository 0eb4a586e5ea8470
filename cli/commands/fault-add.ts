// `smartorders fault add`: breaks something on a fleet that is up, for a while.
import { keeperOf, requireFleet } from '../fleet/fleet.ts';
import { type StandingFault, standingFaultSchema } from '../fleet/standing-fault.ts';
import { formatDuration } from '../scenario/duration.ts';
import type { Terminal } from '../terminal.ts';
import { rawFaultOf } from './fault-arguments.ts';

export interface FaultAddOptions {
  readonly fleet: string;
  /** ms. */
  readonly for: number;
  readonly json?: boolean;
}

export async function addFault(
  words: Parameters<typeof rawFaultOf>[0],
  { fleet, for: ttlMs, json = false }: FaultAddOptions,
  terminal: Terminal,
): Promise<void> {
  const raw = rawFaultOf(words);
  const state = requireFleet(fleet, terminal.env);
  await using keeper = await keeperOf(state);
  const fault = await keeper.ask({ op: 'fault.add', fault: raw, ttlMs }, standingFaultSchema);
  if (json) terminal.out(JSON.stringify(fault, null, 2));
  else show(fault, { run: state.run, fleet }, terminal);
}

function show(
  { fault, target, dose, leftMs }: StandingFault,
  { run, fleet }: { readonly run: string | null; readonly fleet: string },
  { out, paint }: Terminal,
): void {
  const until = new Date(Date.now() + leftMs).toTimeString().slice(0, 8);
  const flag = fleet === 'default' ? '' : ` --fleet ${fleet}`;
  out(`${paint.bold(fault)}  ${target}  ${paint.bad(dose)}  until ${until} (${formatDuration(leftMs)})`);
  if (run !== null) out(paint.warn(`run ${run} is on this fleet: it will be inconclusive`));
  out(paint.dim(`to end it earlier: smartorders fault clear ${fault}${flag}`));
}
