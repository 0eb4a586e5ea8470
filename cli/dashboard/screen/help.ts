// The key table as a screen and as a footer: both are the table, and nothing else.

import { type KeyRow, keysOf, shownKey } from '../keys.ts';
import type { Transport } from '../moment.ts';
import { framed, innerHeight, type Size } from './frame.ts';
import type { Glyphs } from './glyphs.ts';
import { type Line, left, line, span, widthOf } from './text.ts';

export interface KeysOptions {
  readonly kind: Transport['kind'];
  /** Why the keys that act do not; null: they do. */
  readonly handsOff: string | null;
  readonly glyphs: Glyphs;
}

const keyCells = 11;

export function helpScreen({ kind, handsOff, glyphs, width, height }: KeysOptions & Size): readonly Line[] {
  const rows = keysOf(kind).map((row): Line => {
    const isGrey = row.needsHands === true && handsOff !== null;
    return [
      span(left(namesOf(row), keyCells, glyphs), isGrey ? 'dim' : 'accent'),
      span(row.help, isGrey ? 'dim' : 'plain'),
    ];
  });
  const why = handsOff === null ? [] : [line(''), line(`grey: ${handsOff}`, 'warn')];
  const room = innerHeight(height);
  const all = [...rows, ...why];
  const columns = all.length > room && width >= 76 ? 2 : 1;
  const each = columns === 1 ? all : pairs(all, room, Math.floor((width - 3) / 2), glyphs);
  return framed(each, { title: 'KEYS', heads: ' Esc: back ', width, height, glyphs });
}

/** What of the table fits, from the left; greyed where it does nothing. */
export function footerLine({ kind, handsOff, glyphs }: KeysOptions, width: number): Line {
  const labelled = keysOf(kind).filter(({ label }) => label !== undefined);
  const footer: ReturnType<typeof span>[] = [];
  for (const row of labelled) {
    const isGrey = row.needsHands === true && handsOff !== null;
    const next = [span(` ${shownKey(row.keys[0] ?? '')}`, isGrey ? 'dim' : 'accent'), span(` ${row.label} `, 'dim')];
    if (widthOf(footer) + widthOf(next) > width - 1) continue;
    footer.push(...next);
  }
  return footer.length === 0 ? line(glyphs.more) : footer;
}

export const namesOf = ({ keys }: Pick<KeyRow, 'keys'>): string => keys.map(shownKey).join(' ');

// --- internal ---

function pairs(lines: readonly Line[], room: number, half: number, glyphs: Glyphs): readonly Line[] {
  return Array.from({ length: room }, (_, row) => {
    const [a, b] = [lines[row] ?? [], lines[row + room] ?? []];
    const text = a.map(({ text: part }) => part).join('');
    const [key = span(''), help = span('')] = a;
    const cell = text.length >= half ? [key, span(left(help.text, half - key.text.length - 1, glyphs), help.tone)] : a;
    return [...cell, span(' '.repeat(Math.max(0, half - widthOf(cell)))), ...b];
  });
}
