import fc from 'fast-check';
import { expect, it } from 'vitest';
import { arrivals, plannedIn } from './arrivals.ts';
import type { OpenLoad } from './load.ts';

const constant = (perSecond: number, pattern: OpenLoad['arrivals'] = 'uniform'): OpenLoad => ({
  executor: 'constant-arrival-rate',
  journey: 'place-order',
  maxInFlight: 1,
  arrivals: pattern,
  perSecond,
});
const ramping = (startPerSecond: number, ...stages: readonly { perSecond: number; forMs: number }[]): OpenLoad => ({
  executor: 'ramping-arrival-rate',
  journey: 'place-order',
  maxInFlight: 1,
  arrivals: 'uniform',
  startPerSecond,
  stages: [...stages],
});
const dueIn = (load: OpenLoad, durationMs: number, { seed = 1, name = 'a', warmupMs = 0 } = {}): Float64Array =>
  arrivals(load, { seed, name, warmupMs, from: 0, to: durationMs });

it('are evenly spaced when uniform', () => {
  expect([...dueIn(constant(40), 100)]).toEqual([0, 25, 50, 75]);
});

it('are rate × duration many when uniform, whatever the rounding', () => {
  const count = (perSecond: number, durationMs: number) => dueIn(constant(perSecond), durationMs).length;

  expect([count(40, 5_000), count(3, 1_000), count(7, 3_000), count(0.5, 3_000), count(300, 10_000)]).toEqual([
    200, 3, 21, 2, 3_000,
  ]);
});

it('ascend within the duration, in both patterns and through every stage', () => {
  const rate = fc.integer({ min: 1, max: 2_000 });
  const stage = fc.record({ perSecond: rate, forMs: fc.integer({ min: 1, max: 800 }) });
  const load = fc.oneof(
    fc
      .tuple(rate, fc.constantFrom('uniform' as const, 'poisson' as const))
      .map(([perSecond, kind]) => constant(perSecond, kind)),
    fc.tuple(rate, fc.array(stage, { minLength: 1, maxLength: 4 })).map(([start, stages]) => ramping(start, ...stages)),
  );
  fc.assert(
    fc.property(load, fc.nat(), fc.nat(300), (each, seed, warmupMs) => {
      const due = [...dueIn(each, 1_000, { seed, warmupMs })];
      expect(due).toEqual(due.toSorted((a, b) => a - b));
      expect(due.every((at) => at >= 0 && at < 1_000)).toBe(true);
    }),
  );
});

it('of a Poisson process come from seed and name alone, at the asked rate', () => {
  const draw = (seed: number, name: string) => dueIn(constant(100, 'poisson'), 60_000, { seed, name });

  expect(draw(1, 'a')).toEqual(draw(1, 'a'));
  expect(draw(1, 'a')).not.toEqual(draw(2, 'a'));
  expect(draw(1, 'a')).not.toEqual(draw(1, 'b'));
  expect(draw(1, 'a').length).toBeGreaterThan(5_700);
  expect(draw(1, 'a').length).toBeLessThan(6_300);
});

it('of a ramp are as many as the area under its rate: held in the warm-up, then stage by stage, then held again', () => {
  // 2 s at 10/s, 4 s from 10/s to 50/s, 2 s at 50/s.
  const due = [...dueIn(ramping(10, { perSecond: 50, forMs: 4_000 }), 8_000, { warmupMs: 2_000 })];
  const between = (from: number, to: number) => due.filter((at) => at >= from && at < to).length;

  expect([between(0, 2_000), between(2_000, 6_000), between(6_000, 8_000)]).toEqual([20, 120, 100]);
  // Halfway up the ramp 10/s × 2 s + half of 20/s × 2 s have come.
  expect(between(2_000, 4_000)).toBe(40);
});

it('are counted without being made, the same', () => {
  const length = fc.integer({ min: 1, max: 3_000 });
  fc.assert(
    fc.property(length, length, fc.integer({ min: 1, max: 300 }), (warmupMs, forMs, perSecond) => {
      const timed = { warmupMs, phases: [{ name: 'one', forMs, faults: [] }] };
      const load = ramping(perSecond, { perSecond: 7, forMs: 500 });
      const made = [...arrivals(load, { seed: 1, name: 'a', warmupMs, from: 0, to: warmupMs + forMs })];
      const judged = { from: warmupMs, to: warmupMs + forMs };
      // At an edge the rounding of two ways to compute may put one arrival on the other side.
      const difference = plannedIn(load, judged, timed) - made.filter((at) => at >= warmupMs).length;
      expect(Math.abs(difference)).toBeLessThanOrEqual(1);
    }),
  );
});
