// `breakers lint | force`. What a command does is in commands/, loaded when it is called.
import { Argument, type Command, Option } from 'commander';
import { collect, count, defaultFleet, fleetName, lifetime } from './arguments.ts';
import type { ProgramContext } from './context.ts';
import { helpEnd } from './help.ts';

export function addBreakerCommands(program: Command, { terminal, setExitCode }: ProgramContext): void {
  const breakers = program.command('breakers').description('circuit breakers: lint, force');

  breakers
    .command('lint')
    .argument('[scenarios...]', 'names, files, folders or globs; the fleet’s own policies if absent')
    .description('warn about policies that can never open, flap, wedge, or let retries multiply; with the arithmetic')
    .option('--all', 'all scenarios that `scenario list` knows')
    .option('--tag <tag>', 'those with this tag; may be given more than once', collect, [])
    .option('--rate <count>', 'calls a second over each link of the fleet', count, 40)
    .option('--json', 'for machines')
    .addHelpText(
      'after',
      helpEnd(
        {
          'smartorders breakers lint': 'what the fleet declares',
          'smartorders breakers lint --all': 'what the scenarios make of it, at their rates',
        },
        '0 nothing to say, 1 a warning, 3 an invalid scenario.',
      ),
    )
    .action(async (names, options) =>
      setExitCode((await import('../commands/breakers-lint.ts')).lintBreakers(names, options, terminal)),
    );

  breakers
    .command('force')
    .argument('<link>', 'the link it guards, such as order:payment')
    .addArgument(new Argument('<state>', 'what it is to be').choices(['open', 'closed', 'disabled', 'auto']))
    .description('hold a breaker in a state, by hand; it ends by itself')
    .addOption(new Option('--for <duration>', 'when it ends by itself').argParser(lifetime).default(60_000, '60s'))
    .option('--fleet <name>', 'name of the fleet', fleetName, defaultFleet)
    .addHelpText('after', forceHelp)
    .action(async (link, state, options) =>
      (await import('../commands/breakers-force.ts')).forceBreaker({ link, state }, options, terminal),
    );
}

const forceHelp = `${helpEnd({
  'smartorders breakers force order:payment open': 'nothing passes, and no probe goes',
  'smartorders breakers force order:payment closed --for 5m': 'counts, and does not open',
  'smartorders breakers force order:payment disabled': 'lets everything through and counts nothing',
  'smartorders breakers force order:payment auto': 'as its policy says again, closed at first',
})}

It ends after --for, with the run that is on, by auto, by fault clear, and by reset. A run that is on is then inconclusive.`;
