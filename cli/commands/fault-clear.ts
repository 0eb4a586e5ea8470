// `smartorders fault clear`: ends faults that were set by hand. Those of a run are the run's own.
import { z } from 'zod';
import { SmartOrdersError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { keeperOf, requireFleet } from '../fleet/fleet.ts';
import { type StandingFault, standingFaultSchema } from '../fleet/standing-fault.ts';
import type { Terminal } from '../terminal.ts';

export interface FaultClearOptions {
  readonly fleet: string;
  readonly all?: boolean;
}

/** `id`: undefined where all are meant. Errors: `no-fault` (3). */
export async function clearFaults(
  id: string | undefined,
  options: FaultClearOptions,
  terminal: Terminal,
): Promise<void> {
  const wantsAll = options.all === true;
  if ((id === undefined) !== wantsAll) throw oneOfTheTwo();
  await using keeper = await keeperOf(requireFleet(options.fleet, terminal.env));
  const faults = await keeper.ask({ op: 'fault.list' }, z.array(standingFaultSchema));
  const meant = id === undefined ? faults.filter(({ by }) => by === 'hand') : [byHand(id, faults)];
  for (const { fault } of meant) await keeper.call({ op: 'fault.clear', fault });
  for (const { fault, target, dose } of meant)
    terminal.out(`${terminal.paint.ok('cleared')}  ${fault}  ${target}  ${dose}`);
  if (meant.length === 0) terminal.out(`no fault was set by hand on fleet ${options.fleet}`);
}

// --- internal ---

function byHand(id: string, faults: readonly StandingFault[]): StandingFault {
  const own = faults.filter(({ by }) => by === 'hand');
  const found = own.find(({ fault }) => fault === id);
  if (found !== undefined) return found;
  const planned = faults.find(({ fault }) => fault === id);
  if (planned !== undefined) {
    throw new SmartOrdersError(
      'no-fault',
      `${id} belongs to run ${planned.run ?? 'that is gone'}, which clears it itself`,
      {
        exitCode: exitCodes.usage,
        hint: 'to end the run and its faults: smartorders reset --force',
      },
    );
  }
  throw new SmartOrdersError('no-fault', `no fault ${id} stands; it may have ended by itself`, {
    exitCode: exitCodes.usage,
    hint: own.length === 0 ? 'none was set by hand' : `by hand there are ${own.map(({ fault }) => fault).join(', ')}`,
  });
}

const oneOfTheTwo = (): SmartOrdersError =>
  new SmartOrdersError('usage', 'name one fault, or give --all', {
    exitCode: exitCodes.usage,
    hint: 'smartorders fault list shows them',
  });
