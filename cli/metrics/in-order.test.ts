import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inOrder } from './in-order.ts';

const event = (src: string, seq: number, at: number) => ({ src, seq, at });

it('sorts by time across sources', () => {
  expect(inOrder([event('a', 1, 5), event('a', 2, 7), event('b', 1, 6)]).map(({ src, seq }) => `${src}${seq}`)).toEqual(
    ['a1', 'b1', 'a2'],
  );
});

it('keeps the order of a source even where its clock was set back', () => {
  expect(
    inOrder([event('a', 2, 4.9), event('b', 1, 4.95), event('a', 1, 5)]).map(({ src, seq }) => `${src}${seq}`),
  ).toEqual(['b1', 'a1', 'a2']);
});

it('loses nothing and never contradicts seq', () => {
  const some = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(100)));
  fc.assert(
    fc.property(some, (drawn) => {
      const events = drawn.map(([src, at], index) => event(src, index + 1, at));
      const ordered = inOrder(events);
      expect(ordered.toSorted((a, b) => a.seq - b.seq)).toEqual(events);
      for (const of of Map.groupBy(ordered, ({ src }) => src).values()) {
        expect(of.map(({ seq }) => seq)).toEqual(of.map(({ seq }) => seq).toSorted((a, b) => a - b));
      }
    }),
  );
});
