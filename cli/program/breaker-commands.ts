// `breakers lint`. What a command does is in commands/, loaded when it is called.
import type { Command } from 'commander';
import { collect, count } from './arguments.ts';
import type { ProgramContext } from './context.ts';
import { helpEnd } from './help.ts';

export function addBreakerCommands(program: Command, { terminal, setExitCode }: ProgramContext): void {
  const breakers = program.command('breakers').description('circuit breakers: lint');

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
}
