import { expect, it } from 'vitest';
import { judgeParse } from './judge-parse.ts';
import { mutations } from './mutations.ts';
import { caseOf, sources } from './parser-cases.ts';

const files = sources();

it('the parser says what is wrong with 2,000 spoilt files, wherever it is', () => {
  const wrong = Array.from({ length: 2_000 }, (_, index) => {
    const { name, text } = caseOf(files, 1, index);
    return judgeParse(text).wrong.map((what) => `${index} (${name}): ${what}`);
  });

  expect(wrong.flat()).toEqual([]);
}, 60_000);

it('a case is the same whenever it is asked for', () => {
  expect(caseOf(files, 7, 123)).toEqual(caseOf(files, 7, 123));
  expect(caseOf(files, 7, 123)).not.toEqual(caseOf(files, 8, 123));
});

it.each(Object.keys(mutations))('some cases are spoilt so: %s', (what) => {
  const spoilt = Array.from({ length: 500 }, (_, index) => caseOf(files, 1, index));

  expect(spoilt.some(({ name }) => name.includes(`, ${what}`))).toBe(true);
});
