// What the blocks of the command line are given to add their commands.
import type { Terminal } from '../terminal.ts';

export interface ProgramContext {
  readonly terminal: Terminal;
  readonly setExitCode: (code: number) => void;
}
