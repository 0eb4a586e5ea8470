import { expect, it } from 'vitest';
import { moment, ms, percent, points, signed } from './figures.ts';

it('writes ms by their size', () => {
  expect([0, 0.04, 3.44, 9.96, 112.4, 999.4, 999.6, 1_009, 12_345.6, 125_349, -5].map(ms)).toEqual([
    '0 ms',
    '0 ms',
    '3.4 ms',
    '10 ms',
    '112 ms',
    '999 ms',
    '1 s',
    '1.009 s',
    '12.346 s',
    '125.3 s',
    '-5 ms',
  ]);
});

it('never rounds a share to all or nothing', () => {
  expect([0, 1, 0.5, 0.99996, 0.00001, 1 / 3].map(percent)).toEqual([
    '0 %',
    '100 %',
    '50 %',
    '>99.99 %',
    '<0.01 %',
    '33.33 %',
  ]);
});

it('writes differences with their sign', () => {
  expect([signed('3 ms'), signed('-3 ms'), points(0.01), points(-0.025)]).toEqual([
    '+3 ms',
    '-3 ms',
    '+1 point',
    '-2.5 points',
  ]);
});

it('writes moments to the ms', () => {
  expect(moment(5_132.4)).toBe('5.132s');
});
