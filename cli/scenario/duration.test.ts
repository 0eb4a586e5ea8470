import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatDuration, parseDuration } from './duration.ts';

it.each([
  ['500ms', 500],
  ['3s', 3_000],
  ['1.5s', 1_500],
  ['2m', 120_000],
  ['0s', 0],
])('reads %s as %d ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

it.each(['3', '3 s', '-1s', '1h', 's', '', '1e3ms'])('refuses "%s"', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

it('writes the shortest exact form', () => {
  expect([0, 20, 999, 1_000, 1_500, 1_234, 60_000, 90_000, 61_000].map(formatDuration)).toEqual([
    '0s',
    '20ms',
    '999ms',
    '1s',
    '1.5s',
    '1234ms',
    '1m',
    '1.5m',
    '61s',
  ]);
});

it('reads back what it wrote', () => {
  fc.assert(fc.property(fc.nat(10_000_000), (ms) => parseDuration(formatDuration(ms)) === ms));
});
