// `up`, `down`, `status`, `logs`, `doctor`. What a command does is in commands/, loaded when it is called.
import type { Command } from 'commander';
import { defaultBasePort, serviceNames } from '../../services/fleet.ts';
import { count, defaultFleet, fleetName, portNumber } from './arguments.ts';
import type { ProgramContext } from './context.ts';

export function addFleetCommands(program: Command, { terminal, setExitCode }: ProgramContext): void {
  program
    .command('up')
    .description('bring the fleet up and leave it running')
    .option('--fleet <name>', 'name of the fleet', fleetName, defaultFleet)
    .option('--base-port <port>', 'port of the gateway; all others follow', portNumber, defaultBasePort)
    .action(async (options) => (await import('../commands/up.ts')).up(options, terminal));

  program
    .command('down')
    .description('end the fleet; leaves no process, port or folder')
    .option('--fleet <name>', 'name of the fleet', fleetName, defaultFleet)
    .action(async (options) => (await import('../commands/down.ts')).down(options, terminal));

  program
    .command('status')
    .description('every service, link and breaker of the fleet')
    .option('--fleet <name>', 'name of the fleet', fleetName, defaultFleet)
    .option('--json', 'for machines')
    .action(async (options) => setExitCode(await (await import('../commands/status.ts')).status(options, terminal)));

  program
    .command('logs')
    .argument('[service]', `one of ${logNames.join(', ')}; all if absent`)
    .description('the last lines of the logs')
    .option('--fleet <name>', 'name of the fleet', fleetName, defaultFleet)
    .option('-f, --follow', 'go on until Ctrl-C')
    .option('-n, --lines <count>', 'how many lines of each', count, 50)
    .action(async (service, options) => (await import('../commands/logs.ts')).logs(service, options, terminal));

  program
    .command('doctor')
    .description('whether this machine has what a fleet and a run need')
    .option('--base-port <port>', 'port of the gateway of the fleet to come', portNumber, defaultBasePort)
    .option('--json', 'for machines')
    .action(async (options) => setExitCode(await (await import('../commands/doctor.ts')).doctor(options, terminal)));
}

const logNames: readonly string[] = [...serviceNames, 'db', 'toxiproxy', 'keeper'];
