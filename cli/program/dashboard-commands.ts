// `dashboard`, and the process behind its playground. What a command does is in commands/, loaded when it is called.
import type { Command } from 'commander';
import { defaultFleet, fleetName } from './arguments.ts';
import type { ProgramContext } from './context.ts';
import { helpEnd } from './help.ts';

export function addDashboardCommands(program: Command, { terminal, setExitCode }: ProgramContext): void {
  program
    .command('dashboard')
    .description('watch a fleet that is up, or the run that is on it, live; with --load, play with it')
    .option('--fleet <name>', 'name of the fleet', fleetName, defaultFleet)
    .option('--load <rate>', 'a playground: so many orders a second, such as 20/s, until you leave')
    .option('--reports <folder>', 'where the playground writes its journal', 'reports')
    .addHelpText('after', dashboardHelp)
    .action(async (options) =>
      setExitCode(await (await import('../commands/dashboard.ts')).dashboard(options, terminal)),
    );

  program
    .command('__playground', { hidden: true })
    .helpOption(false)
    .requiredOption('--fleet <name>')
    .requiredOption('--load <count>', 'orders a second', Number)
    .requiredOption('--reports <folder>')
    .action(async (options) => (await import('../commands/playground.ts')).playground(options, terminal));
}

const dashboardHelp = `${helpEnd({
  'smartorders dashboard': 'the fleet that is up, and every run that begins on it',
  'smartorders dashboard --load 20/s': 'a playground, on a fleet of its own where none is up',
})}

q or Ctrl-C leaves; a playground then ends, and everything is undone. Where no screen is to be had (no terminal, CI, smaller than
60 columns or 15 rows) it tells in lines what happens.`;
