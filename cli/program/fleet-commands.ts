// `up`, `down`, `status`, `logs`, `doctor`. What a command does is in commands/, loaded when it is called.
import type { Command } from 'commander';
import { defaultBasePort, serviceNames } from '../../services/fleet.ts';
import { count, defaultFleet, driverName, fleetName, portNumber } from './arguments.ts';
import type { ProgramContext } from './context.ts';
import { helpEnd } from './help.ts';

export function addFleetCommands(program: Command, { terminal, setExitCode }: ProgramContext): void {
  program
    .command('up')
    .description('bring the fleet up and leave it running')
    .option('--fleet <name>', 'name of the fleet', fleetName, defaultFleet)
    .option('--base-port <port>', 'port of the gateway; all others follow', portNumber, defaultBasePort)
    .option('--driver <driver>', 'process, or docker: as containers', driverName, 'process')
    .addHelpText(
      'after',
      helpEnd({
        'smartorders up': 'on port 5000 and those that follow',
        'smartorders up --fleet other --base-port 6000': 'a second one beside it',
        'smartorders up --driver docker': 'as containers, which docker compose ps sees, too',
      }),
    )
    .action(async (options) => (await import('../commands/up.ts')).up(options, terminal));

  program
    .command('down')
    .description('end the fleet; leaves no process, port or folder')
    .option('--fleet <name>', 'name of the fleet', fleetName, defaultFleet)
    .addHelpText('after', helpEnd({ 'smartorders down': 'also after the keeper was killed' }))
    .action(async (options) => (await import('../commands/down.ts')).down(options, terminal));

  program
    .command('status')
    .description('every service, link and breaker of the fleet')
    .option('--fleet <name>', 'name of the fleet', fleetName, defaultFleet)
    .option('--json', 'for machines')
    .addHelpText(
      'after',
      helpEnd(
        { 'smartorders status': 'at a glance', 'smartorders status --json | jq .links': 'for a script' },
        '0 all services are ready, 5 one is not, or no fleet is up.',
      ),
    )
    .action(async (options) => setExitCode(await (await import('../commands/status.ts')).status(options, terminal)));

  program
    .command('logs')
    .argument('[service]', `one of ${logNames.join(', ')}; all if absent`)
    .description('the last lines of the logs')
    .option('--fleet <name>', 'name of the fleet', fleetName, defaultFleet)
    .option('-f, --follow', 'go on until Ctrl-C')
    .option('-n, --lines <count>', 'how many lines of each', count, 50)
    .addHelpText(
      'after',
      helpEnd({
        'smartorders logs order --follow': 'what the order service says, as it says it',
        'smartorders logs --lines 5': 'the end of every log',
      }),
    )
    .action(async (service, options) => (await import('../commands/logs.ts')).logs(service, options, terminal));

  program
    .command('doctor')
    .description('whether this machine has what a fleet and a run need')
    .option('--base-port <port>', 'port of the gateway of the fleet to come', portNumber, defaultBasePort)
    .option('--json', 'for machines')
    .addHelpText(
      'after',
      helpEnd(
        {
          'smartorders doctor': 'before the first `up`',
          'smartorders doctor --base-port 6000': 'are these ports free?',
        },
        '0 all that is needed is there, 5 something is broken.',
      ),
    )
    .action(async (options) => setExitCode(await (await import('../commands/doctor.ts')).doctor(options, terminal)));
}

const logNames: readonly string[] = [...serviceNames, 'db', 'toxiproxy', 'keeper'];
