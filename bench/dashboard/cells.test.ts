import { expect, it } from 'vitest';
import { createCells } from './cells.ts';

const esc = '\u001b[';

function shown(...written: readonly string[]): readonly string[] {
  const cells = createCells(5, 3);
  for (const text of written) cells.write(text);
  return cells.lines();
}

it('puts text where the cursor is, and moves it', () => {
  expect(shown('ab\r\ncd', `${esc}1;5HX`, `${esc}2;1H${esc}3Gy`)).toEqual(['ab  X', 'cdy  ', '     ']);
  expect(shown('one\r\ntwo', `${esc}Aup${esc}2E.`)).toEqual(['oneup', 'two  ', '.    ']);
});

it('erases lines and the rest of the screen', () => {
  expect(shown('abcde\r\nfghij\r\nklmno', `${esc}2;3H${esc}K`)).toEqual(['abcde', 'fg   ', 'klmno']);
  expect(shown('abcde\r\nfghij\r\nklmno', `${esc}2;3H${esc}J`)).toEqual(['abcde', 'fg   ', '     ']);
  expect(shown('abcde', `${esc}2K`)).toEqual(['     ', '     ', '     ']);
});

it('begins anew on the alternate screen', () => {
  expect(shown('abc', `${esc}?1049hx`)).toEqual(['x    ', '     ', '     ']);
});

it('shows no colours, and takes sequences that come in halves', () => {
  expect(shown(`${esc}31mred${esc}`, '0m!')).toEqual(['red! ', '     ', '     ']);
});
