import { expect, it } from 'vitest';
import type { EventOf } from '../../services/contract/events.ts';
import { foldRun } from '../metrics/fold.ts';
import { arrivals } from '../scenario/arrivals.ts';
import { isOpen } from '../scenario/load.ts';
import { aScenario } from '../scenario/testing/a-scenario.ts';
import { loadDoses } from './load-dose.ts';
import { aRequest, type Draft, from } from './testing/events.ts';

const { scenario } = aScenario({
  warmup: '1s',
  seed: '7',
  load: `{
    steady: { executor: constant-arrival-rate, rate: 100/s, arrivals: poisson, journey: place-order, maxInFlight: 50 },
    spike: { executor: constant-arrival-rate, rate: 50/s, journey: place-order, maxInFlight: 50, during: [two] },
    closed: { executor: constant-vus, vus: 2, journey: place-order, during: [two] },
  }`,
  phases: '[{ name: one, for: 2s }, { name: two, for: 2s }]',
  expect: '{}',
});

const phases: readonly Draft[] = [
  { type: 'phase', at: 1_000, name: 'one', edge: 'start', judged: true },
  { type: 'phase', at: 3_000, name: 'two', edge: 'start', judged: true },
  { type: 'phase', at: 5_000, name: 'two', edge: 'end', judged: true },
];

function sent(load: string, startAt: number, due: readonly number[]): readonly Draft[] {
  return due.map((at, index) => aRequest({ dueAt: startAt + at, load, index }));
}

const steady = scenario.load.steady;
if (steady === undefined || !isOpen(steady)) throw new Error('no open load');
const steadyDue = [...arrivals(steady, { seed: 7, name: 'steady', warmupMs: 1_000, from: 0, to: 5_000 })];
const every = (gapMs: number, forMs: number): readonly number[] =>
  Array.from({ length: forMs / gapMs }, (_, index) => index * gapMs);

function told(requests: readonly Draft[]): readonly string[] {
  const drafts = [...phases, ...requests].toSorted((a, b) => a.at - b.at);
  return loadDoses(foldRun(from('runner', drafts)), scenario).map(
    ({ phase, expected, finding }) =>
      `${phase}: ${expected}; ${finding.standing}, ${finding.observed} ${finding.reason ?? ''}`,
  );
}

const isDueIn = (from: number, to: number) => (at: number) => at >= from && at < to;
const inOne = steadyDue.filter(isDueIn(1_000, 3_000)).length;
const inTwo = steadyDue.filter(isDueIn(3_000, 5_000)).length;

it('counts what each load planned for each phase, a Poisson process by its seed', () => {
  const all = [
    ...sent('steady', 0, steadyDue),
    ...sent('spike', 3_000, every(20, 2_000)),
    ...sent('closed', 3_000, every(500, 2_000)),
  ];

  expect(told(all)).toEqual([
    `one: ${inOne} arrivals planned; passed, ${inOne} sent `,
    `two: ${inTwo + 100} arrivals planned, closed as it can; passed, ${inTwo + 100} sent `,
  ]);
});

it('falls short where an open load was not sent, however much a closed one did', () => {
  const [, two] = told([...sent('steady', 0, steadyDue), ...sent('closed', 3_000, every(1, 2_000))]);

  expect(two).toMatch(/inconclusive, \d+ sent [\d.]+ % of \d+ planned arrivals were not sent/);
});

it('falls short where a closed load sent nothing', () => {
  const [, two] = told([...sent('steady', 0, steadyDue), ...sent('spike', 3_000, every(20, 2_000))]);

  expect(two).toContain('inconclusive, none sent closed sent nothing');
});

it('counts a dropped arrival as not sent', () => {
  const drop = (draft: Draft): Draft =>
    draft.type === 'request'
      ? ({ ...draft, sentAt: null, outcome: 'dropped' } satisfies Partial<EventOf<'request'>> & Draft)
      : draft;
  const [one] = told(sent('steady', 0, steadyDue).map(drop));

  expect(one).toContain(`0 sent, ${inOne} dropped`);
});

it('misses none where the phases begin some ms after the plan says, and the load a little before them', () => {
  const late = (draft: Draft): Draft => ({ ...draft, at: draft.at + 97 });
  const drafts = [...phases.map(late), ...sent('steady', 95, steadyDue), ...sent('spike', 3_095, every(20, 2_000))];
  const doses = loadDoses(foldRun(from('runner', [...drafts, ...sent('closed', 3_100, [0])])), scenario);

  expect(doses.map(({ finding }) => finding.observed)).toEqual([`${inOne} sent`, `${inTwo + 100} sent`]);
});
