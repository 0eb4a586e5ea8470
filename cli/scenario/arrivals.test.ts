import fc from 'fast-check';
import { expect, it } from 'vitest';
import { arrivals } from './arrivals.ts';

it('are evenly spaced when uniform', () => {
  expect([...arrivals({ perSecond: 40, arrivals: 'uniform' }, { seed: 1, name: 'a', durationMs: 100 })]).toEqual([
    0, 25, 50, 75,
  ]);
});

it('are rate × duration many when uniform, whatever the rounding', () => {
  const count = (perSecond: number, durationMs: number) =>
    arrivals({ perSecond, arrivals: 'uniform' }, { seed: 1, name: 'a', durationMs }).length;

  expect([count(40, 5_000), count(3, 1_000), count(7, 3_000), count(0.5, 3_000), count(300, 10_000)]).toEqual([
    200, 3, 21, 2, 3_000,
  ]);
});

it('ascend within the duration, in both patterns', () => {
  const pattern = fc.constantFrom('uniform', 'poisson');
  fc.assert(
    fc.property(pattern, fc.integer({ min: 1, max: 2_000 }), fc.nat(), (kind, perSecond, seed) => {
      const due = [...arrivals({ perSecond, arrivals: kind }, { seed, name: 'a', durationMs: 1_000 })];
      expect(due).toEqual(due.toSorted((a, b) => a - b));
      expect(due.every((at) => at >= 0 && at < 1_000)).toBe(true);
    }),
  );
});

it('of a Poisson process come from seed and name alone, at the asked rate', () => {
  const draw = (seed: number, name: string) =>
    arrivals({ perSecond: 100, arrivals: 'poisson' }, { seed, name, durationMs: 60_000 });

  expect(draw(1, 'a')).toEqual(draw(1, 'a'));
  expect(draw(1, 'a')).not.toEqual(draw(2, 'a'));
  expect(draw(1, 'a')).not.toEqual(draw(1, 'b'));
  expect(draw(1, 'a').length).toBeGreaterThan(5_700);
  expect(draw(1, 'a').length).toBeLessThan(6_300);
});
