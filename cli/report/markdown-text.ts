// Markdown (GitHub's and GitLab's) out of any text: nothing that a scenario says is taken as markup.
import { onOneLine, visible } from './visible.ts';

/** Anywhere in a line, also in a table: a `|` would end the cell, a tag or an entity would be taken as HTML. */
export const cell = (text: string): string =>
  onOneLine(text)
    .replaceAll(/[\\`*_[\]~]/g, (mark) => `\\${mark}`)
    .replaceAll(/&(?=[#a-z])/gi, '&amp;')
    .replaceAll(/<(?=[a-z/!?])/gi, '&lt;')
    .replaceAll('|', '\\|');

/** Letter by letter, with a fence that the lines themselves cannot close. */
export function fenced(lines: readonly string[]): string {
  const plain = lines.map(visible);
  const ticks = '`'.repeat(Math.max(3, longestRun(plain.join('\n')) + 1));
  return [ticks, ...plain, ticks].join('\n');
}

export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

// --- internal ---

const longestRun = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
