// `scenario list | validate | run`. What a command does is in commands/, loaded when it is called.
import type { Command } from 'commander';
import { defaultFleet, fleetName, seed } from './arguments.ts';
import type { ProgramContext } from './context.ts';

export function addScenarioCommands(program: Command, { terminal, setExitCode }: ProgramContext): void {
  const scenario = program.command('scenario').description('scenarios: list, validate, run');

  scenario
    .command('list')
    .description('the scenarios that can be run by name')
    .option('--json', 'for machines')
    .action(async (options) => (await import('../commands/scenario-list.ts')).listScenarios(options, terminal));

  scenario
    .command('validate')
    .argument('[scenarios...]', 'names or files; all that `list` knows if absent')
    .description('check scenario files; every problem at once, as file:line:column')
    .action(async (names) =>
      setExitCode(await (await import('../commands/scenario-validate.ts')).validateScenarios(names, terminal)),
    );

  scenario
    .command('run')
    .argument('<scenario>', 'a name that `list` knows, or a file')
    .description('run a scenario on the running fleet, or on one of its own that goes with it')
    .option('--fleet <name>', 'use this fleet if it is up', fleetName, defaultFleet)
    .option('--ephemeral', 'bring up a fleet of its own even if one is up')
    .option('--seed <number>', 'instead of the scenario’s', seed)
    .option('--dry-run', 'print the plan and stop')
    .option('--reports <folder>', 'where to write reports', 'reports')
    .option('--json', 'the result as JSON on stdout, everything else on stderr')
    .addHelpText('after', exitCodeHelp)
    .action(async (name, options) =>
      setExitCode(await (await import('../commands/scenario-run.ts')).runCommand(name, options, terminal)),
    );
}

const exitCodeHelp = `
Exit codes: 0 passed, 1 failed, 2 inconclusive, 3 invalid scenario or usage, 5 environment,
70 a bug in SmartOrders, 130/143/129 stopped by a signal (after undoing everything).`;
