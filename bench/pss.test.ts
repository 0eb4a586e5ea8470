import { expect, it } from 'vitest';
import { cpuSecondsIn, parentIn } from './pss.ts';

it('finds the parent behind a name with blanks and brackets', () => {
  expect(parentIn('42 (postgres: (writer) x) S 7 42 42 0')).toBe(7);
});

it('finds none for a process that is gone', () => {
  expect(parentIn('')).toBeUndefined();
});

it('adds up what was computed in user and in system mode, children left out', () => {
  expect(cpuSecondsIn('42 (node (x) y) S 7 42 42 0 -1 4194304 500 0 0 0 1234 66 90 90 20 0 11')).toBe(13);
  expect(cpuSecondsIn('')).toBe(0);
});
