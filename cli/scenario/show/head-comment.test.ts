import { expect, it } from 'vitest';
import { headComment } from './head-comment.ts';

it('is what stands before the first key, as paragraphs, without the line for editors', () => {
  const text = [
    '# yaml-language-server: $schema=./scenario.schema.json',
    '#',
    '# One thought',
    '# on two lines.',
    '#',
    '# Two points:',
    '#  - the first,',
    '#    and more of it',
    '#  - the second',
    'version: 1',
    '# not this',
  ].join('\r\n');

  expect(headComment(text)).toEqual([
    'One thought on two lines.',
    'Two points:',
    '- the first, and more of it',
    '- the second',
  ]);
});

it.each(['', 'version: 1\n', '\n\n', '#\n#\nversion: 1', '---\nversion: 1'])('may be missing: %j', (text) => {
  expect(headComment(text)).toEqual([]);
});
