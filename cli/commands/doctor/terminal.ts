// What the terminal can show.
import type { TerminalSize } from '../../terminal.ts';
import { type Finding, note, ok } from './finding.ts';

export interface TerminalFacts {
  /** undefined: output goes to a pipe or a file. */
  readonly size: TerminalSize | undefined;
  readonly isColoured: boolean;
}

const [columnsForAll, rowsForAll] = [80, 24];

export function judgeTerminal({ size, isColoured }: TerminalFacts): Finding {
  if (size === undefined) return note('terminal', 'no terminal: plain lines, no colours');
  const seen = `${size.columns}×${size.rows}, ${isColoured ? 'colours' : 'no colours (NO_COLOR, --no-color or TERM)'}`;
  if (size.columns >= columnsForAll && size.rows >= rowsForAll) return ok('terminal', seen);
  return note('terminal', seen, `${columnsForAll}×${rowsForAll} shows everything: enlarge it`);
}
