// `load set`. What a command does is in commands/, loaded when it is called.
import type { Command } from 'commander';
import { defaultFleet, fleetName } from './arguments.ts';
import type { ProgramContext } from './context.ts';
import { helpEnd } from './help.ts';

export function addLoadCommands(program: Command, { terminal }: ProgramContext): void {
  const load = program.command('load').description('the load of the run that is on: set');

  load
    .command('set')
    .argument('<load>', 'its name in the scenario, such as checkout')
    .argument('<rate>', 'from now on this many arrivals, such as 80/s')
    .description('change the rate of an open load, by hand, until the run ends')
    .option('--fleet <name>', 'name of the fleet', fleetName, defaultFleet)
    .addHelpText('after', setHelp)
    .action(async (name, rate, options) =>
      (await import('../commands/load-set.ts')).setLoad({ load: name, rate }, options, terminal),
    );
}

const setHelp = `${helpEnd({
  'smartorders load set checkout 80/s': 'twice as many customers',
  'smartorders load set checkout 0.5/s --fleet other': 'one every two seconds',
})}

Only of a load whose arrivals are planned (constant-arrival-rate, ramping-arrival-rate). The run is then inconclusive.`;
