// What the scenario promises, and how each promise stands. The worst first where there is no room for all.

import { wrap } from '../../scenario/show/wrap.ts';
import type { VerdictWord } from '../../verdict/judgement.ts';
import type { LiveStanding, StandingLine, Standings } from '../standing-line.ts';
import type { Tone } from '../view.ts';
import { innerHeight, innerWidth, type Size } from './frame.ts';
import type { Glyphs } from './glyphs.ts';
import { cut, type Line, left, line, type Span, span } from './text.ts';

export interface ExpectationsOptions extends Size {
  readonly scroll: number;
  readonly glyphs: Glyphs;
}

const order: readonly LiveStanding[] = ['failed', 'failing', 'inconclusive', 'open', 'passed'];

export const standingTone: Readonly<Record<LiveStanding, Tone>> = {
  passed: 'ok',
  failed: 'bad',
  failing: 'warn',
  inconclusive: 'warn',
  open: 'dim',
};

/** `2 failed, 3 open, 11 passed`. */
export function countText({ lines }: Standings, glyphs: Glyphs): string {
  const counts = order.map((standing) => ({ standing, n: lines.filter((each) => each.standing === standing).length }));
  return counts
    .filter(({ n }) => n > 0)
    .map(({ standing, n }) => `${n}${glyphs.standings[standing]}`)
    .join(' ');
}

export function expectationLines(standings: Standings, options: ExpectationsOptions): readonly Line[] {
  const { width, height, scroll, glyphs } = options;
  const { verdict, note, lines } = standings;
  const inner = innerWidth(width);
  const told =
    verdict === null
      ? note === null
        ? []
        : [line(note, 'dim')]
      : [[verdictSpan(verdict.word, glyphs), span(` ${verdict.reason}`)]];
  const room = innerHeight(height) - told.length;
  const sorted = inner < wideFrom || lines.length > room ? lines.toSorted(byStanding) : lines;
  const rows = sorted.flatMap((each) => rowsOf(each, inner, glyphs));
  const from = Math.max(0, Math.min(scroll, rows.length - room));
  return [...told, ...rows.slice(from, from + room)];
}

export function verdictSpan(word: VerdictWord, { standings }: Glyphs): Span {
  const tone = word === 'passed' ? 'ok' : word === 'inconclusive' ? 'warn' : 'bad';
  const glyph = word === 'passed' || word === 'failed' || word === 'inconclusive' ? standings[word] : '!';
  return span(`${glyph} ${word}`, tone);
}

// --- internal ---

const observedCells = 28;
const wideFrom = 60;

const byStanding = (a: StandingLine, b: StandingLine): number => order.indexOf(a.standing) - order.indexOf(b.standing);

function rowsOf({ title, standing, observed, expected }: StandingLine, width: number, glyphs: Glyphs): readonly Line[] {
  const mark = span(`${glyphs.standings[standing]} `, standingTone[standing]);
  const tone = standing === 'open' ? 'dim' : 'plain';
  if (width < wideFrom) {
    const [first = '', ...rest] = wrap(title, { width: width - 2 });
    return [[mark, span(first, tone)], ...rest.map((text): Line => [span('  '), span(text, tone)])];
  }
  const titleCells = width < 90 ? width - observedCells - 3 : Math.min(60, width - observedCells * 2 - 4);
  const rest = width - titleCells - 3;
  const end = width < 90 ? observed : `${left(expected, observedCells, glyphs)}  ${observed}`;
  return [[mark, span(`${left(title, titleCells, glyphs)} `, tone), span(cut(end, rest, glyphs), 'dim')]];
}
