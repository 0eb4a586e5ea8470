import { expect, it } from 'vitest';
import { mutate } from './mutate.ts';

it('replaces the one place', () => {
  expect(mutate('if (a >= b) open();', { find: 'a >= b', replace: 'a > b' })).toBe('if (a > b) open();');
});

it('takes the replacement as it is', () => {
  expect(mutate('x', { find: 'x', replace: "$& $' $1" })).toBe("$& $' $1");
});

it('finds text over several lines', () => {
  expect(mutate('a;\n  b;\nc;', { find: 'a;\n  b;', replace: 'b;' })).toBe('b;\nc;');
});

it.each([
  ['none', 'a', 0],
  ['two', 'xx', 2],
])('refuses where there are %s', (_, source, places) => {
  expect(() => mutate(source, { find: 'x', replace: 'y' })).toThrow(`${places} times`);
});

it('refuses to change nothing', () => {
  expect(() => mutate('x', { find: 'x', replace: 'x' })).toThrow('the text itself');
});
