// `report`, `replay`, `compare`, `runs list | index | prune`: what is done with runs that have been. What a command does is in
// commands/, loaded when it is called.
import type { Command } from 'commander';
import { age, collect, count, factor, reportOption } from './arguments.ts';
import type { ProgramContext } from './context.ts';
import { helpEnd } from './help.ts';

export function addRunCommands(program: Command, { terminal, setExitCode }: ProgramContext): void {
  program
    .command('report')
    .argument('<run>', runArgument)
    .description('write the reports of a run again, from its journal')
    .option('--reports <folder>', 'where runs are', 'reports')
    .option(...reportOption)
    .option('--json', 'the result as JSON on stdout')
    .addHelpText(
      'after',
      helpEnd({
        'smartorders report latest': 'the newest run; open its report.html in a browser',
        'smartorders report latest --report sarif:out.sarif,summary:-': 'for code scanning, and as a comment on stdout',
        'smartorders report payment-outage-20261105': 'the one run whose name begins so',
      }),
    )
    .action(async (run, options) => (await import('../commands/report.ts')).report(run, options, terminal));

  program
    .command('replay')
    .argument('<run>', runArgument)
    .description('play a run again in the dashboard; without a terminal, its lines and its summary')
    .option('--speed <factor>', 'so many times as fast as it was', factor, 1)
    .option('--ascii', 'draw with ASCII characters alone')
    .option('--reports <folder>', 'where runs are', 'reports')
    .addHelpText(
      'after',
      helpEnd({
        'smartorders replay latest': 'the newest run, as fast as it was; ? shows the keys',
        'smartorders replay reports/my-run/journal.ndjson --speed 10': 'any journal, ten times as fast',
      }),
    )
    .action(async (run, options) => (await import('../commands/replay.ts')).replay(run, options, terminal));

  program
    .command('compare')
    .argument('<runs...>', 'the base: runs, beginnings of their names, folders of runs, or a baseline file')
    .description('whether the runs of --head are worse than those of the base, by more than chance')
    .option('--head <runs>', 'a run, a beginning, a folder or a file; may be given more than once', collect, [])
    .option('--gate <figures>', 'the figures that decide, at most two (latency,lost)', collect, [])
    .option('--smallest <effect>', 'what matters: figure=absolute,relative, such as latency=20ms,15%', collect, [])
    .option('--save-baseline <file>', 'write the base to a file that can be committed')
    .option('--markdown <file>', 'for a pull request’s comment; - for stdout')
    .option('--reports <folder>', 'where runs are', 'reports')
    .option('--json', 'for machines')
    .addHelpText('after', helpEnd(compareExamples, compareExitCodes))
    .action(async (runs, options) =>
      setExitCode((await import('../commands/compare.ts')).compare(runs, options, terminal)),
    );

  const runs = program.command('runs').description('the runs under reports/: list, index, prune');
  runs
    .command('list')
    .description('every run, the newest first')
    .option('--scenario <name>', 'runs of this scenario only')
    .option('--reports <folder>', 'where runs are', 'reports')
    .option('--json', 'for machines')
    .addHelpText('after', helpEnd({ 'smartorders runs list --scenario payment-outage': 'all runs of one scenario' }))
    .action(async (options) => (await import('../commands/runs-list.ts')).listRuns(options, terminal));
  runs
    .command('index')
    .description('write index.html over all runs: each scenario’s history, and every run with its report')
    .option('--reports <folder>', 'where runs are', 'reports')
    .addHelpText('after', helpEnd({ 'smartorders runs index': 'then open reports/index.html in a browser' }))
    .action(async (options) => (await import('../commands/runs-index.ts')).indexRuns(options, terminal));
  runs
    .command('prune')
    .description('remove old runs, and nothing that is not a run; with both limits, what exceeds both')
    .option('--keep <count>', 'keep this many of the newest', count)
    .option('--older-than <age>', 'remove only what is older, e.g. 12h or 30d', age)
    .option('--dry-run', 'say what would be removed')
    .option('--reports <folder>', 'where runs are', 'reports')
    .addHelpText(
      'after',
      helpEnd({
        'smartorders runs prune --keep 20': 'all but the newest twenty',
        'smartorders runs prune --keep 5 --older-than 30d --dry-run': 'what would go',
      }),
    )
    .action(async (options) => (await import('../commands/runs-prune.ts')).pruneRuns(options, terminal));
}

const runArgument = 'a run under reports/ (or the beginning of its name), `latest`, a folder or a journal file';

const compareExamples = {
  'smartorders compare base-reports --head reports': 'all runs of one folder with all of another',
  'smartorders compare payment-outage-20261105 --head payment-outage-20261106': 'by the beginnings of their names',
  'smartorders compare payment-outage-2026 --save-baseline perf/payment-outage.json': 'what later runs are held to',
  'smartorders compare perf/payment-outage.json --head reports --markdown -': 'as a comment on a pull request',
};

const compareExitCodes = `0 same or improved, 1 regressed, 2 not enough data, 3 not comparable, or usage.
Five runs of each, of one seed, on one quiet machine and taken in turn, are the least that is of use.`;
