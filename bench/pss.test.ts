import { expect, it } from 'vitest';
import { parentIn } from './pss.ts';

it('finds the parent behind a name with blanks and brackets', () => {
  expect(parentIn('42 (postgres: (writer) x) S 7 42 42 0')).toBe(7);
});

it('finds none for a process that is gone', () => {
  expect(parentIn('')).toBeUndefined();
});
