import { expect, it } from 'vitest';
import { createPainter } from './painter.ts';

function aPainter() {
  const written: string[] = [];
  const painter = createPainter((text) => void written.push(text.replaceAll('\u001b', '^')));
  return { painter, written };
}

/** As it is written: at once, and with the cursor left in the corner. */
const frame = (...rows: readonly string[]): string => `^[?2026h${rows.join('')}^[H^[?2026l`;

it('draws the rows that changed, each at its place', () => {
  const { painter, written } = aPainter();

  painter.draw(['one', 'two', 'three']);
  painter.draw(['one', 'TWO', 'three']);

  expect(written).toEqual([frame('^[1;1Hone', '^[2;1Htwo', '^[3;1Hthree'), frame('^[2;1HTWO')]);
});

it('writes nothing where nothing changed', () => {
  const { painter, written } = aPainter();

  painter.draw(['one']);
  painter.draw(['one']);

  expect(written).toHaveLength(1);
});

it('draws all of it after somebody else has written there', () => {
  const { painter, written } = aPainter();

  painter.draw(['one', 'two']);
  painter.forget();
  painter.draw(['one', 'TWO']);

  expect(written.at(-1)).toBe(frame('^[1;1Hone', '^[2;1HTWO'));
});

it('keeps off a terminal that is lent, and draws all of it when it is back', () => {
  const { painter, written } = aPainter();

  painter.draw(['one', 'two']);
  const goOn = painter.pause();
  painter.draw(['one', 'TWO']);
  expect(written).toHaveLength(1);
  goOn();
  painter.draw(['one', 'TWO']);

  expect(written.at(-1)).toBe(frame('^[1;1Hone', '^[2;1HTWO'));
});
