// What a terminal of so many cells shows after what was written to it: as much of one as the dashboard uses. Pure.

export interface Cells {
  readonly write: (text: string) => void;
  readonly lines: () => readonly string[];
}

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: they read what a terminal is told
const piece = /\u001b\[([?\d;]*)([A-Za-z])|[\r\n]|[^\u001b\r\n]+|\u001b/g;
const half = /\u001b(\[[?\d;]*)?$/;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: they read what a terminal is told

export function createCells(columns: number, rows: number): Cells {
  let grid = blank();
  let [row, column] = [0, 0];
  /** Half a sequence waits for its other half. */
  let rest = '';

  function blank(): string[][] {
    return Array.from({ length: rows }, () => blankRow());
  }
  function blankRow(): string[] {
    return Array.from({ length: columns }, () => ' ');
  }

  function erase(from: number, to: number): void {
    grid[row]?.fill(' ', from, to);
  }

  function obey(command: string, parameters: string): void {
    const [first = 0, second = 0] = parameters.split(';').map(Number);
    const by = Math.max(1, first);
    switch (command) {
      case 'A':
        row = Math.max(0, row - by);
        break;
      case 'B':
        row = Math.min(rows - 1, row + by);
        break;
      case 'E':
        [row, column] = [Math.min(rows - 1, row + by), 0];
        break;
      case 'G':
        column = by - 1;
        break;
      case 'H':
        [row, column] = [by - 1, Math.max(1, second) - 1];
        break;
      case 'J':
        erase(column, columns);
        for (let below = row + 1; below < rows; below += 1) grid[below] = blankRow();
        break;
      case 'K':
        if (first === 2) erase(0, columns);
        else erase(column, columns);
        break;
      case 'h':
        if (parameters === '?1049') [grid, row, column] = [blank(), 0, 0];
        break;
      default:
        break;
    }
  }

  function put(text: string): void {
    for (const cell of text) {
      const line = grid[row];
      if (line !== undefined && column < columns) line[column] = cell;
      column += 1;
    }
  }

  return {
    write: (text) => {
      const whole = rest + text;
      rest = half.exec(whole)?.[0] ?? '';
      for (const [told, parameters = '', command] of whole.slice(0, whole.length - rest.length).matchAll(piece)) {
        if (command !== undefined) obey(command, parameters);
        else if (told === '\r') column = 0;
        else if (told === '\n') row = Math.min(rows - 1, row + 1);
        else put(told);
      }
    },
    lines: () => grid.map((line) => line.join('')),
  };
}
