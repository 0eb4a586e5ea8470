// Lines → text with the colours of a terminal. What a colour says, a word or a glyph says, too.
import type { Tone } from '../view.ts';
import { type Line, textOf } from './text.ts';

const codes: Readonly<Record<Tone, string>> = {
  plain: '',
  ok: '32',
  bad: '31',
  warn: '33',
  dim: '2',
  bold: '1',
  accent: '36',
  select: '7',
};

export function ansiOf(spans: Line, colour: boolean): string {
  if (!colour) return textOf(spans);
  return spans.map(({ text, tone }) => (codes[tone] === '' ? text : `\u001b[${codes[tone]}m${text}\u001b[0m`)).join('');
}
