// `fault add | list | clear` and `reset`: breaking and mending by hand. What a command does is in commands/.
import { type Command, Option } from 'commander';
import { defaultFleet, fleetName, lifetime } from './arguments.ts';
import type { ProgramContext } from './context.ts';
import { helpEnd } from './help.ts';

export function addFaultCommands(program: Command, { terminal }: ProgramContext): void {
  const fault = program.command('fault').description('break something by hand on a fleet that is up: add, list, clear');

  fault
    .command('add')
    .argument('<type>', 'as in a scenario: latency, bandwidth, down, httpError, httpDelay, decline …')
    .argument('<target>', 'a link such as order:payment, or a service such as payment')
    .argument('[settings...]', 'key=value each, as in a scenario: latency=2s, status=503, probability=0.3')
    .description('set a fault; it ends by itself')
    .addOption(new Option('--for <duration>', 'when it ends by itself').argParser(lifetime).default(60_000, '60s'))
    .option('--fleet <name>', 'name of the fleet', fleetName, defaultFleet)
    .option('--json', 'for machines')
    .addHelpText('after', addHelp)
    .action(async (type, target, settings, options) =>
      (await import('../commands/fault-add.ts')).addFault({ type, target, settings }, options, terminal),
    );

  fault
    .command('list')
    .description('every fault that stands on the fleet, set by hand or by a run')
    .option('--fleet <name>', 'name of the fleet', fleetName, defaultFleet)
    .option('--json', 'for machines')
    .addHelpText(
      'after',
      helpEnd({ 'smartorders fault list': 'what is broken now', 'smartorders fault list --json': 'for a script' }),
    )
    .action(async (options) => (await import('../commands/fault-list.ts')).listFaults(options, terminal));

  fault
    .command('clear')
    .argument('[fault]', 'its id, as `fault list` shows it')
    .description('end a fault that was set by hand')
    .option('--all', 'every one that was set by hand')
    .option('--fleet <name>', 'name of the fleet', fleetName, defaultFleet)
    .addHelpText(
      'after',
      helpEnd({ 'smartorders fault clear hand/1': 'that one', 'smartorders fault clear --all': 'all set by hand' }),
    )
    .action(async (id, options) => (await import('../commands/fault-clear.ts')).clearFaults(id, options, terminal));

  program
    .command('reset')
    .description('make the fleet whole: every fault undone, links open, breakers closed, policies as declared')
    .option('--force', 'even while a run is on, which it ends')
    .option('--fleet <name>', 'name of the fleet', fleetName, defaultFleet)
    .addHelpText(
      'after',
      helpEnd({
        'smartorders reset': 'after whatever was tried by hand',
        'smartorders reset --fleet other --force': 'ends the run that is on, too',
      }),
    )
    .action(async (options) => (await import('../commands/reset.ts')).reset(options, terminal));
}

const addHelp = `${helpEnd({
  'smartorders fault add latency order:payment latency=2s jitter=100ms': 'every answer is late',
  'smartorders fault add down order:inventory --for 10s': 'the link is cut',
  'smartorders fault add httpError payment status=503 probability=0.3': 'three in ten fail',
  'smartorders fault add httpDelay inventory delay=500ms "route=GET /items/:id" --for 5m': 'one route is slow',
})}

Faults and their settings are those of a scenario. In a shell write a link as order:payment: it would take the > of
order->payment for a redirection. A run that is on notices, and is then inconclusive.`;
