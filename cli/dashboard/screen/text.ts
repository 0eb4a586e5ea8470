// Lines of coloured text that are exactly as wide as they should be. A cell is a character: what is not is replaced.
import type { Tone } from '../view.ts';
import type { Glyphs } from './glyphs.ts';

export interface Span {
  readonly text: string;
  readonly tone: Tone;
}
export type Line = readonly Span[];

export const span = (text: string, tone: Tone = 'plain'): Span => ({ text, tone });
export const line = (text: string, tone: Tone = 'plain'): Line => [span(text, tone)];

/** Cut to at most `width` cells, the cut shown. */
export function cut(text: string, width: number, glyphs: Glyphs): string {
  const whole = clean(text, glyphs);
  if (whole.length <= width) return whole;
  return width <= 0 ? '' : `${whole.slice(0, width - 1)}${glyphs.more}`;
}

export const left = (text: string, width: number, glyphs: Glyphs): string => cut(text, width, glyphs).padEnd(width);
export const right = (text: string, width: number, glyphs: Glyphs): string => cut(text, width, glyphs).padStart(width);

/** Exactly `width` cells. */
export function fitted(spans: Line, width: number, glyphs: Glyphs): Line {
  const parts: Span[] = [];
  let free = width;
  for (const { text, tone } of spans) {
    if (free <= 0) break;
    const part = cut(text, free, glyphs);
    parts.push({ text: part, tone });
    free -= part.length;
  }
  return free > 0 ? [...parts, span(' '.repeat(free))] : parts;
}

export const widthOf = (spans: Line): number => spans.reduce((sum, { text }) => sum + text.length, 0);

/** `start` and `end` at either side; where there is not room for both, the end goes first. */
export function spread(start: Line, end: Line, width: number, glyphs: Glyphs): Line {
  const free = width - widthOf(end);
  return free < Math.min(widthOf(start), width / 2)
    ? fitted(start, width, glyphs)
    : [...fitted(start, free, glyphs), ...end];
}

export const textOf = (spans: Line): string => spans.map(({ text }) => text).join('');

// --- internal ---

/** Printable, and one cell wide in every terminal that we know. */
const strange =
  /[^\u0020-\u007e\u00a1-\u00ac\u00ae-\u024f\u2010-\u2027\u2190-\u2193\u2248\u2264\u2265\u2500-\u25cf\u25d0✔✖✘›]/gu;
const plainWords: readonly (readonly [string, string])[] = [
  ['±', '+-'],
  ['→', '>'],
  ['…', '~'],
  ['·', '.'],
  ['–', '-'],
];

function clean(text: string, { isAscii }: Glyphs): string {
  if (!isAscii) return text.replaceAll(strange, '?');
  return plainWords.reduce((sum, [from, to]) => sum.replaceAll(from, to), text).replaceAll(/[^ -~]/gu, '?');
}
