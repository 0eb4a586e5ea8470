// `schema`. What a command does is in commands/, loaded when it is called.
import type { Command } from 'commander';
import type { ProgramContext } from './context.ts';
import { helpEnd } from './help.ts';

export function addSchemaCommand(program: Command, { terminal }: ProgramContext): void {
  program
    .command('schema')
    .argument(
      '[format]',
      'scenario (a scenario file), journal (one line of a journal), or report (report.json)',
      'scenario',
    )
    .description('print the JSON Schema of a format, for editors and other readers')
    .option('--out <file>', 'write it there instead')
    .addHelpText('after', helpEnd(examples))
    .action(async (format, options) => (await import('../commands/schema.ts')).printSchema(format, options, terminal));
}

const examples = {
  'smartorders schema --out scenarios/scenario.schema.json': 'what the first line of a scenario points at',
  'smartorders schema report --out report.schema.json': 'what report.json is',
  'smartorders schema journal': 'what the lines of journal.ndjson are',
};
