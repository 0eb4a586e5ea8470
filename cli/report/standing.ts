// How a standing or a verdict is shown: always a glyph and a word, so that colour is never the only sign.
import type { VerdictWord } from '../verdict/judgement.ts';
import type { Paint } from './paint.ts';

const glyphs: Readonly<Record<VerdictWord, string>> = {
  passed: '✔',
  failed: '✘',
  inconclusive: '?',
  aborted: '!',
  errored: '!',
  interrupted: '!',
};

export const shown = (word: VerdictWord): string => `${glyphs[word]} ${word}`;

export function paintFor(word: VerdictWord, paint: Paint): (text: string) => string {
  if (word === 'passed') return paint.ok;
  return word === 'inconclusive' ? paint.warn : paint.bad;
}
