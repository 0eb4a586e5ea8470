// The command line as a whole: the root's options and help; its commands are added block by block from program/.
import { Command } from 'commander';
import { addBreakerCommands } from './program/breaker-commands.ts';
import { addCompletionCommands } from './program/completion-commands.ts';
import type { ProgramContext } from './program/context.ts';
import { addDashboardCommands } from './program/dashboard-commands.ts';
import { addFaultCommands } from './program/fault-commands.ts';
import { addFleetCommands } from './program/fleet-commands.ts';
import { helpEnd } from './program/help.ts';
import { addLoadCommands } from './program/load-commands.ts';
import { addRunCommands } from './program/run-commands.ts';
import { addScenarioCommands } from './program/scenario-commands.ts';
import { addSchemaCommand } from './program/schema-command.ts';
import { version } from './version.ts';

export function createProgram(context: ProgramContext): Command {
  const { out, err } = context.terminal;
  const program = new Command('smartorders')
    .description(
      'A resilience testbench: brings a small fleet up behind a fault-injecting proxy, breaks it, judges it.',
    )
    .version(version())
    .option('--no-color', 'no colours (as NO_COLOR does)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => out(text.trimEnd()),
      writeErr: (text) => err(text.trimEnd()),
    })
    .addHelpText('after', helpEnd(examples))
    .showHelpAfterError('  what to do: --help, at the end of any command, shows what it takes');
  for (const addCommands of blocks) addCommands(program, context);
  return program;
}

/** In the order of the help. */
const blocks = [
  addFleetCommands,
  addScenarioCommands,
  addRunCommands,
  addDashboardCommands,
  addFaultCommands,
  addBreakerCommands,
  addLoadCommands,
  addSchemaCommand,
  addCompletionCommands,
];

const examples = {
  'smartorders scenario run payment-outage': 'the main job, on a fleet of its own',
  'smartorders up && smartorders status': 'a fleet to play with',
  'smartorders scenario run my.yaml --dry-run': 'what a file would do',
};
