import { expect, it } from 'vitest';
import { belongsAt } from './belongs-at.ts';

const faults = [{ from: 100 }, { from: 200 }];

it.each([
  ['that ends before any fault', 10, 90, 10],
  ['that a fault meets on its way', 90, 110, 100],
  ['that two faults meet on its way', 90, 210, 200],
  ['that begins under a fault', 110, 190, 110],
  ['that ends as the fault is set', 90, 100, 90],
  ['that takes no time', 100, 100, 100],
])('what takes time %s', (_, from, to, at) => {
  expect(belongsAt(from, to, faults)).toBe(at);
  expect(belongsAt(from, to, faults.toReversed())).toBe(at);
});
