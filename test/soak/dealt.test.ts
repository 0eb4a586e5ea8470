import { expect, it } from 'vitest';
import { aRun, someRuns } from '../../cli/compare/testing/some-runs.ts';
import { random } from '../../cli/scenario/random.ts';
import { factsOfSoak, soakGates } from './as-facts.ts';
import { comparable, dealtLines, dealtOut } from './dealt.ts';

it('deals thirty runs out and tells false alarms and what is seen', () => {
  const dealt = dealtOut(someRuns({ count: 30, seed: 11 }), { size: 5, draws: 200, random: random(1) });

  expect(dealt).toMatchObject({ runs: 30, splits: 200 });
  expect(dealt.aa.regressed).toBeLessThanOrEqual(0.02);
  expect(dealt.slower.regressed).toBeGreaterThan(0.7);
  expect(dealtLines(dealt)[1]).toMatch(/^ {2}nothing changed \(false alarms\) +regressed \d+\.\d\d %, not enough data/);
});

it('tells how often a change that was really made is seen', () => {
  const runs = someRuns({ count: 12, seed: 3 });
  const changed = { slower: someRuns({ count: 8, seed: 4, slower: 1.5 }), same: someRuns({ count: 8, seed: 5 }) };
  const dealt = dealtOut(runs, { size: 5, draws: 200, random: random(1), changed });

  const { slower, same } = dealt.changed;
  expect(slower?.regressed).toBeGreaterThan(0.8);
  expect(same?.regressed).toBeLessThanOrEqual(0.02);
  expect(dealtLines(dealt).at(-1)).toMatch(/^ {2}same, in 8 real runs +regressed/);
  expect(() => dealtOut(runs, { size: 5, draws: 1, random: random(1), changed: { few: runs.slice(0, 4) } })).toThrow(
    /4 runs of few are too few/,
  );
});

it('leaves out what is no repetition of the first run, and says why', () => {
  const runs = [aRun({ run: 'a' }), aRun({ run: 'b', seed: 7 }), aRun({ run: 'c', unfit: 'it was interrupted' })];

  expect(comparable(runs)).toEqual({
    usable: [runs[0]],
    left: ['left out: c: it was interrupted', 'left out: b: the seeds differ: base 42; head 7'],
  });
});

it('refuses what is too few', () => {
  expect(() => dealtOut([aRun()], { size: 5, draws: 10, random: random(1) })).toThrow(/too few for two groups of 5/);
});

it('deals out what a soak kept of its runs, too', () => {
  const runs = Array.from({ length: 12 }, (_, index) => ({
    run: `r${index}`,
    ...{ commit: null, startedAt: '', verdict: 'passed', reason: '', exitCode: 0, paths: {}, fleetReadySeconds: 3 },
    faultToOpenMs: { 'order->payment': 50 + index, 'order->user': null },
    faultEndToClosedMs: {},
    openP99Ms: index === 0 ? null : 20 + (index % 3),
  }));
  const facts = factsOfSoak({ scenario: 'payment-errors', runs });
  const { runs: count, aa, later } = dealtOut(facts, { size: 5, draws: 100, random: random(1), gates: soakGates });

  expect(facts[0]?.figures).toMatchObject({ 'open-p99': { value: 21 }, open: { value: 51 } });
  expect({ count, later }).toEqual({ count: 11, later: null });
  expect(aa.regressed).toBeLessThanOrEqual(0.02);
});
