// What YAML allows and a scenario has no use for, refused before it is read: it can take the reader's stack, or for ever.
import { type Document, isCollection, isMap, isSeq, type LineCounter } from 'yaml';
import type { Position } from './position.ts';

export interface Unreadable extends Position {
  readonly message: string;
}

/** A scenario nests ten deep. */
const deepest = 50;

export function unreadable({ contents }: Document, lines: LineCounter): readonly Unreadable[] {
  const found: Unreadable[] = [];
  const refuse = (node: unknown, message: string): void => {
    const { line, col } = lines.linePos((isCollection(node) ? node.range?.[0] : undefined) ?? 0);
    found.push({ line: Math.max(1, line), column: Math.max(1, col), message });
  };
  const visit = (node: unknown, depth: number): void => {
    if (!isCollection(node)) return;
    if (depth > deepest) {
      refuse(node, `nested more than ${deepest} deep`);
      return;
    }
    if (isSeq(node)) for (const item of node.items) visit(item, depth + 1);
    if (!isMap(node)) return;
    for (const { key, value } of node.items) {
      // yaml writes such a key out as text, and the keys of that again: twice as long at every level.
      if (isCollection(key)) refuse(key, 'a key is a word, not a list or a map');
      else visit(value, depth + 1);
    }
  };
  visit(contents, 1);
  return found;
}
