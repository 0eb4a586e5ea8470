// `report`: what is done with runs that have been. What a command does is in commands/, loaded when it is called.
import type { Command } from 'commander';
import type { ProgramContext } from './context.ts';

export function addRunCommands(program: Command, { terminal }: ProgramContext): void {
  program
    .command('report')
    .argument('<run>', 'a run under reports/, or a journal file')
    .description('write the reports of a run again, from its journal')
    .option('--reports <folder>', 'where runs are', 'reports')
    .option('--json', 'the result as JSON on stdout')
    .action(async (run, options) => (await import('../commands/report.ts')).report(run, options, terminal));
}
