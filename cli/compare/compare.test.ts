import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plain } from '../report/paint.ts';
import { hostileRun, hostileTexts } from '../report/testing/hostile-run.ts';
import { random } from '../scenario/random.ts';
import { resultOf } from '../verdict/result.ts';
import { simulate } from '../verdict/testing/simulate.ts';
import { compare, objections } from './compare.ts';
import { decide, standardSmallest } from './decide.ts';
import { figuresOf, standardGates } from './figures.ts';
import { comparisonLines, comparisonMarkdown } from './render-comparison.ts';
import { baselineSchema, factsOf, renderBaseline } from './run-facts.ts';
import { losingMore, outcomeRates, slowed, splitsOf } from './splits.ts';
import { aRun, ofMs, ofOrders, someRuns } from './testing/some-runs.ts';

const gates = standardGates;
const ofValues = (values: readonly number[], name: string) =>
  values.map((value, index) => aRun({ run: `${name}${index}`, figures: { latency: ofMs(value), lost: ofOrders(4) } }));

describe('one figure', () => {
  const base = [50, 51, 52, 53, 54];
  const { ms } = standardSmallest;

  it.each([
    ['worse by a third', [66, 67, 68, 69, 70], 'regressed'],
    ['better by a third', [34, 35, 36, 37, 38], 'improved'],
    ['the same', [50.5, 51.5, 49, 55, 52.5], 'same'],
    ['surely worse, by too little to matter', [55, 55.1, 55.2, 55.3, 55.4], 'same'],
    ['scattered so wide that nobody can tell', [20, 50, 90, 150, 10], 'not enough data'],
    ['measured in too few runs', [70, 71, 72], 'not enough data'],
    ['not measured in one of the runs', [70, 71, 72, 73, null], 'not enough data'],
  ])('%s', (_, head, outcome) => {
    expect(decide(base, head, ms).outcome).toBe(outcome);
  });

  it('asks for both, an absolute and a relative effect', () => {
    const small = [1, 1.1, 1.2, 1.3, 1.4];

    expect(
      decide(
        small,
        small.map((value) => value * 2),
        ms,
      ),
    ).toMatchObject({ outcome: 'same', relevant: 5 });
    expect(decide(base, [54.5, 55, 56, 57, 58], { absolute: 1, relative: 0 })).toMatchObject({ outcome: 'regressed' });
  });
});

describe('false alarms', () => {
  const pair = fc.record({ latency: fc.integer({ min: 0, max: 400 }), lost: fc.integer({ min: 0, max: 9 }) });

  it('of any ten runs, dealt out in all 252 ways, come in at most 2 %: exactly, whatever the runs are', () => {
    fc.assert(
      fc.property(fc.array(pair, { minLength: 10, maxLength: 10 }), (values) => {
        const runs = values.map(({ latency, lost }, index) =>
          aRun({ run: String(index), figures: { latency: ofMs(latency), lost: ofOrders(lost) } }),
        );
        const splits = splitsOf(runs, { size: 5, most: 1_000, random: random(1) });
        expect(splits).toHaveLength(252);
        expect(outcomeRates(splits).regressed).toBeLessThanOrEqual(0.02);
      }),
      { numRuns: 6 },
    );
  }, 60_000);

  it('of runs like real ones come in at most 2 %, and hardly any of them say too little', () => {
    const runs = someRuns({ count: 60, seed: 7 });
    const rates = outcomeRates(splitsOf(runs, { size: 5, most: 500, random: random(3) }));

    expect(rates.regressed).toBeLessThanOrEqual(0.02);
    expect(rates.same).toBeGreaterThan(0.7);
  });
});

describe('power, where one run in twenty is slow and one in seven loses an order more than the others', () => {
  // The least favourable of some seeds.
  const runs = someRuns({ count: 60, seed: 1 });
  const splits = (size: number) => splitsOf(runs, { size, most: 200, random: random(5) });

  it.each([
    [5, 0.4],
    [8, 0.7],
  ])('%i runs of each see orders that take 30 % longer in more than %f of all comparisons', (size, least) => {
    expect(outcomeRates(splits(size), { change: slowed(1.3) }).regressed).toBeGreaterThan(least);
  });

  it.each([
    [5, 0.2],
    [8, 0.8],
  ])('%i runs of each see a breaker that opens one failure later in more than %f', (size, least) => {
    expect(outcomeRates(splits(size), { change: losingMore(1) }).regressed).toBeGreaterThan(least);
  });

  it('where all runs lose the same number, five of each always see one more', () => {
    const alike = [0, 1, 2, 3, 4].map((index) => aRun({ run: `b${index}` }));
    const later = alike.map((run) => losingMore(1)({ ...run, run: `h${run.run}` }));

    expect(compare({ base: alike, head: later }, { gates }).outcome).toBe('regressed');
  });
});

describe('a comparison', () => {
  it('is as bad as the worst figure that decides, and the others inform', () => {
    const slow = compare(
      { base: ofValues([50, 51, 52, 53, 54], 'b'), head: ofValues([70, 71, 72, 73, 74], 'h') },
      { gates },
    );

    expect(slow.outcome).toBe('regressed');
    expect(slow.figures.map(({ key, outcome }) => [key, outcome])).toEqual([
      ['latency', 'regressed'],
      ['lost', 'same'],
    ]);
    expect(
      compare(
        { base: ofValues([50, 51, 52, 53, 54], 'b'), head: ofValues([70, 71, 72, 73, 74], 'h') },
        { gates: ['lost'] },
      ).outcome,
    ).toBe('same');
  });

  it('takes another smallest effect for a figure', () => {
    const groups = { base: ofValues([50, 51, 52, 53, 54], 'b'), head: ofValues([70, 71, 72, 73, 74], 'h') };

    expect(compare(groups, { gates, smallest: { latency: { absolute: 30, relative: 0 } } }).outcome).toBe('same');
  });

  it('may be of groups of several seeds, if they have the same', () => {
    const seeds = [1, 2, 3].map((seed) => aRun({ run: `a${seed}`, seed }));
    const again = [3, 1, 2].map((seed) => aRun({ run: `b${seed}`, seed }));

    expect(objections({ base: seeds, head: again })).toEqual([]);
  });

  it.each([
    [
      'another scenario',
      { scenario: { name: 'payment-outage', hash: 'ef'.repeat(32) } },
      /^the scenario differs: base payment-outage abababababab; head payment-outage efefefefefef$/,
    ],
    ['another seed', { seed: 7 }, /^the seeds differ: base 42; head 7$/],
    [
      'another driver',
      { fleet: { driver: 'docker', policies: 'cd'.repeat(32) } },
      /^the fleet differs: .*process.*docker/,
    ],
    ['other policies', { fleet: { driver: 'process', policies: 'ee'.repeat(32) } }, /^the fleet differs: .*cdcd.*eeee/],
    ['another dose', { doses: [] }, /^the dose differs: base outage\/1: down on order->payment; head no fault$/],
    [
      'a dose that was not given',
      { unfit: 'outage/1: none of 30 shows it' },
      /^h1 cannot be compared: outage\/1: none of 30/,
    ],
    ['a run of the base', { run: 'r1' }, /^r1 is in base and in head/],
  ])('refuses %s, and says which', (_, part, words) => {
    const found = objections({ base: [aRun()], head: [aRun({ run: 'h1', ...part })] });

    expect(found).toEqual([expect.stringMatching(words)]);
  });

  it('refuses nothing', () => {
    expect(objections({ base: [], head: [aRun()] })).toEqual(['there is no run in base']);
  });

  it('notes another machine and another version, which may be what is compared', () => {
    const head = [aRun({ run: 'h1', machine: 'linux-arm64, 8 CPUs, 9 MB', version: '0.2.0', verdict: 'failed' })];

    expect(objections({ base: [aRun()], head })).toEqual([]);
    expect(compare({ base: [aRun()], head }, { gates }).notes).toEqual([
      expect.stringMatching(/^the machine differs: .*: times say little$/),
      'the version of SmartOrders differs: base 0.1.0; head 0.2.0',
      'the verdict differs: base passed; head failed',
    ]);
  });
});

describe('a run', () => {
  const result = resultOf(simulate(), { cutOff: false });

  it('has the figures that its report has', () => {
    const { latency, lost, degraded, ...figures } = figuresOf(result);

    expect(latency).toMatchObject({ unit: 'ms', value: expect.closeTo(5, 6) });
    expect([lost?.value, degraded?.value]).toEqual([5, 6_100]);
    expect(figures['order:payment.open']?.value).toBe(24);
    expect(Object.keys(figures)).toContain('outage.p99');
  });

  it('is fit to be compared only with all of its evidence, and whole', () => {
    const unfit = (events: ReturnType<typeof simulate>) => factsOf(resultOf(events, { cutOff: false })).unfit;

    expect(unfit(simulate())).toBeNull();
    expect(unfit(simulate({ opensAfter: 4 }))).toBeNull();
    expect(unfit(simulate({ faultWorks: false }))).toMatch(/^outage\/1: .*none of 500 attempts shows it$/);
    expect(unfit(simulate({ end: 'interrupted' }))).toMatch(/^it was interrupted/);
    expect(unfit([])).toBe('its scenario cannot be read');
  });

  it('comes back from a baseline file as it went', () => {
    const facts = factsOf(result);
    const { runs } = baselineSchema.parse(JSON.parse(renderBaseline([facts])));

    expect(runs).toEqual([JSON.parse(renderBaseline([facts])).runs[0]]);
    expect(objections({ base: runs, head: [{ ...facts, run: 'other' }] })).toEqual([]);
  });
});

describe('what people are shown', () => {
  const slow = compare(
    { base: ofValues([50, 51, 52, 53, 54], 'b'), head: ofValues([70, 71, 72, 73, 74], 'h') },
    { gates: ['latency'] },
  );

  it('on the terminal', () => {
    expect(`\n${comparisonLines(slow, plain).join('\n')}\n`).toMatchInlineSnapshot(`
      "
      payment-outage  5 runs of base, 5 runs of head

        figure   base   head   change          98 % interval    relevant  p      outcome
        latency  52 ms  72 ms  +20 ms (+38 %)  +17 ms … +23 ms  5.2 ms    0.004  ✘ regressed

        for information
        lost     4      4      +0 (+0 %)       +0 … +0          1         1.000  ✔ same

      ✘ regressed  latency got worse, by more than chance and by enough to matter
      "
    `);
  });

  it('as Markdown', () => {
    expect(`\n${comparisonMarkdown(slow)}`).toMatchInlineSnapshot(`
      "
      ## payment-outage: ✘ regressed

      5 runs of base, 5 runs of head: latency got worse, by more than chance and by enough to matter

      | figure | base | head | change | 98 % interval | relevant | p | outcome |
      | --- | --- | --- | --- | --- | --- | --- | --- |
      | latency | 52 ms | 72 ms | +20 ms (+38 %) | +17 ms … +23 ms | 5.2 ms | 0.004 | ✘ regressed |

      <details><summary>1 more figures</summary>

      | figure | base | head | change | 98 % interval | relevant | p | outcome |
      | --- | --- | --- | --- | --- | --- | --- | --- |
      | lost | 4 | 4 | +0 (+0 %) | +0 … +0 | 1 | 1.000 | ✔ same |

      </details>
      "
    `);
  });

  it.each(hostileTexts.map((text) => [JSON.stringify(text), text] as const))('cannot be broken by %s', (_, text) => {
    const runs = ['a', 'b'].map((run) => ({ ...factsOf(hostileRun(text)), run }));
    const comparison = compare({ base: runs.slice(0, 1), head: runs.slice(1) }, { gates });
    const unseen = /(?!\n)[\p{Cc}\p{Bidi_Control}\p{Surrogate}]/u;

    expect(comparisonMarkdown(comparison)).not.toMatch(unseen);
    expect(comparisonMarkdown(comparison)).not.toMatch(/<(?!\/?(details|summary)>)[a-z/!?]/i);
    for (const line of comparisonLines(comparison, plain)) expect(line).not.toMatch(/\n|^\s*::|##\[/);
  });
});
