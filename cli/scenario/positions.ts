// Finds where every part of a YAML document is written.
import { type Document, isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml';
import { linkOf } from './fields.ts';
import type { Position, Positions } from './position.ts';

export type Path = readonly PropertyKey[];

export interface Located {
  /** Scalars and list items where they stand, maps and lists where their key does. */
  readonly positions: Positions;
  /** The keys themselves. */
  readonly keys: Positions;
}

/** `['expect', 'thresholds', 0]` → `expect.thresholds[0]`; links in canonical form. */
export const pathText = (path: Path): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    const key = String(part);
    return `${text}${text === '' ? '' : '.'}${linkOf(key) ?? key}`;
  }, '');

export function locate(document: Document, lines: LineCounter): Located {
  const positions = new Map<string, Position>();
  const keys = new Map<string, Position>();
  const positionOf = (node: Node): Position => {
    const { line, col } = lines.linePos(node.range?.[0] ?? 0);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  // What an alias stands for is not followed (it may hold itself): its parts are where the alias is.
  const visit = (node: unknown, path: Path): void => {
    if (isSeq<Node>(node)) {
      for (const [index, item] of node.items.entries()) {
        positions.set(pathText([...path, index]), positionOf(item));
        visit(item, [...path, index]);
      }
    }
    if (!isMap<Node, Node | null>(node)) return;
    for (const { key, value } of node.items) {
      const inner = [...path, isScalar(key) ? String(key.value) : String(key)];
      keys.set(pathText(inner), positionOf(key));
      positions.set(pathText(inner), positionOf(isScalar(value) && value.source !== '' ? value : key));
      visit(value, inner);
    }
  };
  // What is missing altogether is missing where the file begins to say something, behind its comments.
  positions.set('', document.contents === null ? { line: 1, column: 1 } : positionOf(document.contents));
  visit(document.contents, []);
  return { positions, keys };
}

/** Of the path itself or, where it is not written, of the nearest thing around it. */
export function positionAt(positions: Positions, path: Path): Position {
  const found = positions.get(pathText(path));
  if (found !== undefined) return found;
  return path.length === 0 ? { line: 1, column: 1 } : positionAt(positions, path.slice(0, -1));
}
