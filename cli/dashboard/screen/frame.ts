// Boxes: a title in the upper edge, exactly as wide and as high as they are told.
import type { Glyphs } from './glyphs.ts';
import { cut, fitted, type Line, line, span } from './text.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Frame extends Size {
  readonly title: string;
  /** At the right of the upper edge, over the columns that it names. */
  readonly heads?: string;
  readonly glyphs: Glyphs;
}

/** Edges, and a space beside each. */
export const innerWidth = (width: number): number => Math.max(0, width - 4);
export const innerHeight = (height: number): number => Math.max(0, height - 2);

export function framed(lines: readonly Line[], { title, heads = '', width, height, glyphs }: Frame): readonly Line[] {
  const { corners, across, down } = glyphs.frame;
  const inner = innerWidth(width);
  const name = ` ${cut(title, inner - 1, glyphs)} `;
  const end = heads.length + name.length + 4 > width ? '' : heads;
  const rule = across.repeat(Math.max(0, width - 3 - name.length - end.length));
  const body = exactly(lines, innerHeight(height), inner, glyphs);
  return [
    [span(corners[0] + across, 'dim'), span(name, 'bold'), span(rule + end + corners[1], 'dim')],
    ...body.map((content) => [span(`${down} `, 'dim'), ...content, span(` ${down}`, 'dim')]),
    line(corners[2] + across.repeat(Math.max(0, width - 2)) + corners[3], 'dim'),
  ].slice(0, Math.max(0, height));
}

/** So many lines, each so wide; what does not fit is left out. */
export function exactly(lines: readonly Line[], height: number, width: number, glyphs: Glyphs): readonly Line[] {
  return Array.from({ length: height }, (_, index) => fitted(lines[index] ?? [], width, glyphs));
}

/** Blocks of the same height, side by side. */
export const beside = (a: readonly Line[], b: readonly Line[]): readonly Line[] =>
  a.map((own, index) => [...own, ...(b[index] ?? [])]);
