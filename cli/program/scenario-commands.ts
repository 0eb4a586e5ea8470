// `scenario list | show | validate | new | run`. What a command does is in commands/, loaded when it is called.
import type { Command } from 'commander';
import { atLeastOne, collect, defaultFleet, driverName, fleetName, reportOption, seed, shard } from './arguments.ts';
import type { ProgramContext } from './context.ts';
import { helpEnd } from './help.ts';

export function addScenarioCommands(program: Command, { terminal, setExitCode }: ProgramContext): void {
  const scenario = program.command('scenario').description('scenarios: list, show, validate, new, run');

  scenario
    .command('list')
    .description('the scenarios that can be run by name')
    .option('--tag <tag>', 'only those with this tag; may be given more than once', collect, [])
    .option('--json', 'for machines')
    .addHelpText('after', helpEnd({ 'smartorders scenario list': 'those of ./scenarios, then the shipped ones' }))
    .action(async (options) => (await import('../commands/scenario-list.ts')).listScenarios(options, terminal));

  scenario
    .command('show')
    .argument('<scenarios...>', 'names that `list` knows, files, folders or globs')
    .description('explain scenarios: what happens, what is under test, what is promised; with a timeline')
    .option(...varOption)
    .option(...setOption)
    .option('--ascii', 'draw the timeline with plain characters')
    .option('--json', 'the scenario with every default filled in, and its plan')
    .addHelpText('after', helpEnd(showExamples))
    .action(async (names, options) =>
      setExitCode((await import('../commands/scenario-show.ts')).showScenarios(names, options, terminal)),
    );

  scenario
    .command('validate')
    .argument('[scenarios...]', 'names, files, folders or globs; all that `list` knows if absent')
    .description('check scenario files; every problem at once, as file:line:column')
    .option(...varOption)
    .option(...setOption)
    .option('--json', 'for machines')
    .addHelpText(
      'after',
      helpEnd(
        { 'smartorders scenario validate': 'all', 'smartorders scenario validate my.yaml': 'one file' },
        '0 all are valid, 3 one is not.',
      ),
    )
    .action(async (names, options) =>
      setExitCode((await import('../commands/scenario-validate.ts')).validateScenarios(names, options, terminal)),
    );

  scenario
    .command('new')
    .argument('[name]', 'of the scenario and its file; absent: after what is broken')
    .description('write a scenario to begin with; asks on a terminal for what no option says')
    .option('--title <sentence>', 'what it shows')
    .option('--fault <type>', `what breaks: ${faultTypes}`)
    .option('--link <link>', 'the link it sits on, such as order:payment')
    .option('--service <service>', 'the service it sits in, for httpError, httpDelay and decline')
    .option('--status <status>', 'what httpError answers (503)')
    .option('--latency <duration>', 'how long latency, httpDelay and slowClose hold things up (2s)')
    .option('--bandwidth <throughput>', 'what bandwidth lets through (1KB/s)')
    .option('--bytes <count>', 'what limitData lets through, or the size of a slice (50, 10)')
    .option('--rate <rate>', 'how many customers come (40/s)')
    .option('--baseline <duration>', 'how long all is well at first (4s)')
    .option('--outage <duration>', 'how long the fault lasts (5s)')
    .option('--recovery <duration>', 'how long the run goes on after it (8s)')
    .option('--out <path>', 'a folder, or a file that ends in .yaml', 'scenarios/')
    .option('--force', 'write over a file that is there')
    .option('-y, --yes', 'ask nothing')
    .addHelpText('after', helpEnd(newExamples))
    .action(async (name, options) =>
      (await import('../commands/scenario-new.ts')).newScenario(name, options, terminal),
    );

  scenario
    .command('run')
    .argument('[scenarios...]', 'names that `list` knows, files, folders or globs')
    .description('run scenarios on the running fleet, or on one of their own that goes with them')
    .option('--all', 'all that `list` knows')
    .option('--tag <tag>', 'those with this tag; may be given more than once', collect, [])
    .option('--known', 'exit 0 if, and only if, each gives its known verdict for its known reason')
    .option('--repeat <count>', 'run each so often, in rounds', atLeastOne, 1)
    .option('--fail-fast', 'begin no other run after one that did not pass (with --known: not end as known)')
    .option('--shard <part>', 'only one part of the runs, such as 1/4, for one of several machines', shard)
    .option(
      '--jobs <count>',
      'so many at a time, each on a fleet of its own; each wants a core and a half',
      atLeastOne,
      1,
    )
    .option('--fleet <name>', 'use this fleet if it is up', fleetName, defaultFleet)
    .option('--ephemeral', 'bring up a fleet of its own even if one is up')
    .option('--driver <driver>', 'of a fleet of its own: process, or docker', driverName)
    .option('--seed <number>', 'instead of the scenario’s', seed)
    .option(...varOption)
    .option(...setOption)
    .option('--dry-run', 'print the plan and stop')
    .option('--reports <folder>', 'where to write reports', 'reports')
    .option(...reportOption)
    .option(
      '--ci',
      'for a pipeline: no colour, every report, one junit.xml and summary.md of all runs, a table at the end',
    )
    .option('--json', 'the result as JSON on stdout (of several: a list), everything else on stderr')
    .option('--dashboard', 'show it live on a small terminal, too (from 80 columns and 24 rows on it is shown anyway)')
    .option('--no-dashboard', 'tell it in lines')
    .addHelpText('after', helpEnd(runExamples, runExitCodes))
    .action(async (names, options) =>
      setExitCode(await (await import('../commands/scenario-run.ts')).runCommand(names, options, terminal)),
    );
}

const varOption = ['--var <name=value>', 'another value for a variable; may be repeated', collect, []] as const;
const setOption = [
  '--set <path=value>',
  'another value for any part, such as phases.outage.for=5s',
  collect,
  [],
] as const;

const showExamples = {
  'smartorders scenario show payment-outage': 'in words, and as a drawing',
  'smartorders scenario show payment-outage --set phases.outage.for=30s': 'what a change would make of it',
  'smartorders scenario show payment-* --json': 'with every default filled in',
};

/** Not from the schema: to load it would slow every command down. */
const faultTypes =
  'latency, bandwidth, slowClose, timeout, resetPeer, slicer, limitData, down, httpError, httpDelay, decline';

const newExamples = {
  'smartorders scenario new': 'asks',
  'smartorders scenario new --fault down --link order:payment --yes': 'asks nothing',
  'smartorders scenario new slow-user --fault latency --link order:user --latency 200ms': 'under a name of its own',
  'smartorders scenario new --fault httpError --service inventory --out my/stock.yaml': 'into a file of its own',
};

const runExamples = {
  'smartorders scenario run payment-outage': 'on the running fleet, else on one of its own',
  'smartorders scenario run my.yaml --dry-run': 'what it would do and when',
  'smartorders scenario run payment-outage --seed 7 --json': 'other arrivals, for a script',
  'smartorders scenario run payment-* --report json,junit:out/junit.xml': 'reports where a pipeline looks for them',
  'smartorders scenario run --all --ci': 'one line in a pipeline; reports/junit.xml tells of all',
  'smartorders scenario run payment-outage --repeat 5': 'five runs, for compare',
  'smartorders scenario run --all --known': 'does each give its known verdict?',
};

const runExitCodes = `0 passed, 1 failed, 2 inconclusive, 3 invalid scenario or usage, 4 aborted, 5 environment,
70 a bug in SmartOrders, 130/143/129 stopped by a signal (after undoing everything).`;
