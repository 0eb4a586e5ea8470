// The command line: names, options, help. What a command does is in commands/, loaded when it is called.
import { Command, InvalidArgumentError } from 'commander';
import { defaultBasePort, serviceNames } from '../services/fleet.ts';
import { SmartOrdersError } from './errors.ts';
import { exitCodes } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';
import { version } from './version.ts';

const defaultFleet = 'default';

export function createProgram(terminal: Terminal, setExitCode: (code: number) => void): Command {
  const program = new Command('smartorders')
    .description(
      'A resilience testbench: brings a small fleet up behind a fault-injecting proxy, breaks it, judges it.',
    )
    .version(version())
    .option('--no-color', 'no colours (as NO_COLOR does)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    })
    .addHelpText('after', `\nExamples:\n${examples.map((line) => `  ${line}`).join('\n')}`);

  program
    .command('up')
    .description('bring the fleet up and leave it running')
    .option('--fleet <name>', 'name of the fleet', fleetName, defaultFleet)
    .option('--base-port <port>', 'port of the gateway; all others follow', portNumber, defaultBasePort)
    .action(async (options) => (await import('./commands/up.ts')).up(options, terminal));

  program
    .command('down')
    .description('end the fleet; leaves no process, port or folder')
    .option('--fleet <name>', 'name of the fleet', fleetName, defaultFleet)
    .action(async (options) => (await import('./commands/down.ts')).down(options, terminal));

  program
    .command('status')
    .description('every service, link and breaker of the fleet')
    .option('--fleet <name>', 'name of the fleet', fleetName, defaultFleet)
    .option('--json', 'for machines')
    .action(async (options) => setExitCode(await (await import('./commands/status.ts')).status(options, terminal)));

  program
    .command('logs')
    .argument('[service]', `one of ${[...serviceNames, 'db', 'toxiproxy', 'keeper'].join(', ')}; all if absent`)
    .description('the last lines of the logs')
    .option('--fleet <name>', 'name of the fleet', fleetName, defaultFleet)
    .option('-f, --follow', 'go on until Ctrl-C')
    .option('-n, --lines <count>', 'how many lines of each', count, 50)
    .action(async (service, options) => (await import('./commands/logs.ts')).logs(service, options, terminal));

  const scenario = program.command('scenario').description('scenarios: list, validate, run');
  scenario
    .command('list')
    .description('the scenarios that can be run by name')
    .option('--json', 'for machines')
    .action(async (options) => (await import('./commands/scenario-list.ts')).listScenarios(options, terminal));
  scenario
    .command('validate')
    .argument('[scenarios...]', 'names or files; all that `list` knows if absent')
    .description('check scenario files; every problem at once, as file:line:column')
    .action(async (names) =>
      setExitCode(await (await import('./commands/scenario-validate.ts')).validateScenarios(names, terminal)),
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
      setExitCode(await (await import('./commands/scenario-run.ts')).runCommand(name, options, terminal)),
    );

  program
    .command('report')
    .argument('<run>', 'a run under reports/, or a journal file')
    .description('write the reports of a run again, from its journal')
    .option('--reports <folder>', 'where runs are', 'reports')
    .option('--json', 'the result as JSON on stdout')
    .action(async (run, options) => (await import('./commands/report.ts')).report(run, options, terminal));

  return program;
}

const examples = [
  'smartorders scenario run payment-outage     the main job, on a fleet of its own',
  'smartorders up && smartorders status        a fleet to play with',
  'smartorders scenario run my.yaml --dry-run  what a file would do',
];

const exitCodeHelp = `
Exit codes: 0 passed, 1 failed, 2 inconclusive, 3 invalid scenario or usage, 5 environment,
70 a bug in SmartOrders, 130/143/129 stopped by a signal (after undoing everything).`;

// --- internal ---

function fleetName(text: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,30}$/.test(text)) return text;
  throw new InvalidArgumentError('A fleet name is made of a-z, 0-9 and -, at most 31 long.');
}

function portNumber(text: string): number {
  const port = Number(text);
  const [lowest, highest] = [1_024, 60_000];
  if (Number.isInteger(port) && port >= lowest && port <= highest) return port;
  throw new InvalidArgumentError(`A base port is a whole number from ${lowest} to ${highest}.`);
}

function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new InvalidArgumentError('Not a whole number.');
}

function seed(text: string): number {
  const value = count(text);
  if (value <= 0xffff_ffff) return value;
  throw new SmartOrdersError('seed', 'a seed fits into 32 bits', {
    exitCode: exitCodes.usage,
    hint: 'give 0 to 4294967295',
  });
}
