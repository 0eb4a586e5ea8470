import { expect, it } from 'vitest';
import { inTurn } from './in-turn.ts';

it('spreads each evenly among the others', () => {
  expect(inTurn({ base: 6, slower: 2, later: 2 }).join(' ')).toBe(
    'base base slower later base base base slower later base',
  );
});
