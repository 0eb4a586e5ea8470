import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hash, random } from './random.ts';

it('never changes: old seeds must bring old runs about again', () => {
  const draw = random(42);

  expect([hash('', 0), hash('a', 1), hash('checkout/17', 42), draw(), draw()]).toMatchInlineSnapshot(`
    [
      2872998923,
      3873127206,
      2401916049,
      0.6011037519201636,
      0.44829055899754167,
    ]
  `);
});

it('stays in its range', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(0xffffffff), (text, seed) => {
      const value = random(hash(text, seed))();
      return value >= 0 && value < 1 && Number.isInteger(hash(text, seed)) && hash(text, seed) >= 0;
    }),
  );
});

it('is even: a share of 0.3 hits about 3 of 10 neighbouring indices', () => {
  const hits = Array.from({ length: 10_000 }, (_, index) => hash(`checkout/${index}`, 7) / 2 ** 32).filter(
    (share) => share < 0.3,
  );

  expect(hits.length).toBeGreaterThan(2_850);
  expect(hits.length).toBeLessThan(3_150);
});
