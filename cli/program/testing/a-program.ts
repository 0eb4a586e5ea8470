// The program for tests: what it prints is kept, and nothing that it would do is done.
import type { Command } from 'commander';
import { createProgram } from '../../program.ts';
import { plain } from '../../report/paint.ts';

export interface TestedProgram {
  readonly program: Command;
  readonly printed: () => string;
  /** What commander throws at a wrong command line, or null. */
  readonly parse: (words: readonly string[]) => Promise<unknown>;
}

export function aProgram(): TestedProgram {
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(line);
  const terminal = { out: print, err: print, env: {}, cwd: '/', paint: plain };
  const program = createProgram({ terminal, setExitCode: () => {} });
  for (const command of leavesOf(program)) command.action(() => {});
  return {
    program,
    printed: () => lines.join('\n'),
    parse: (words) =>
      program.parseAsync([...words], { from: 'user' }).then(
        () => null,
        (error: unknown) => error,
      ),
  };
}

/** The commands that do something, hidden ones included. */
export const leavesOf = (command: Command): readonly Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);

/** The words that lead to a command: `['scenario', 'run']`. */
export const pathOf = (command: Command): readonly string[] =>
  command.parent === null ? [] : [...pathOf(command.parent), command.name()];
