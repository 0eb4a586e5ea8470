// A problem as a person reads it: where, what, the line itself with a caret, and what to do.
import type { Problem } from './position.ts';

export function formatProblem({ file, line, column, message, hint, excerpt }: Problem): string {
  const gutter = String(line);
  const indent = ' '.repeat(gutter.length);
  return [
    `${file}:${line}:${column}: ${message}`,
    `  ${gutter} | ${excerpt}`,
    `  ${indent} | ${excerpt.slice(0, column - 1).replaceAll(/[^\t]/g, ' ')}^`,
    ...(hint === undefined ? [] : [`  hint: ${hint}`]),
  ].join('\n');
}
