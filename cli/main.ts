// Reads argv, prints errors, sets the exit code: the only place that does any of the three.
import { CommanderError } from 'commander';
import { messageOf, SmartOrdersError } from './errors.ts';
import { exitCodes } from './exit-codes.ts';
import { createProgram } from './program.ts';
import { outputFailed, processTerminal } from './terminal.ts';

const terminal = processTerminal({ noColor: process.argv.includes('--no-color') });

async function main(): Promise<number> {
  let exitCode: number = exitCodes.passed;
  try {
    const setExitCode = (code: number): void => {
      exitCode = code;
    };
    await createProgram({ terminal, setExitCode }).parseAsync(process.argv);
    return exitCode;
  } catch (error) {
    return report(error);
  }
}

function report(error: unknown): number {
  const { bad, dim } = terminal.paint;
  // Commander has printed it already; help and version are no errors.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.passed : exitCodes.usage;
  if (error instanceof SmartOrdersError) {
    terminal.err(`${bad('error')}: ${error.message}`);
    if (error.hint !== undefined) terminal.err(dim(`  what to do: ${error.hint}`));
    return error.exitCode;
  }
  terminal.err(`${bad('This is a bug in SmartOrders')}: ${messageOf(error)}`);
  terminal.err(error instanceof Error ? (error.stack ?? '') : '');
  return exitCodes.bug;
}

process.on('uncaughtException', (error) => process.exit(report(error)));
process.exitCode = await main();
// Nothing may keep the process: a socket that lingers must not make a pipeline wait.
process.stdout.write('', (error) => {
  if (error) outputFailed(error);
  process.exit();
});
