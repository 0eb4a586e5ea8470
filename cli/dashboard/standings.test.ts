import { describe, expect, it } from 'vitest';
import { expectationsOf } from '../report/parts.ts';
import { resultOf } from '../verdict/result.ts';
import type { Standings } from './standing-line.ts';
import { bounds, createJudge } from './standings.ts';
import { eventsOf, type JournalName, journalNames } from './testing/journals.ts';

const still = () => 0;

function standingsAt(name: JournalName, now: number): Standings {
  const judge = createJudge(bounds, still);
  judge.add(eventsOf(name).filter(({ at }) => at <= now));
  return judge.standings(0);
}

const told = ({ lines }: Standings) => lines.map(({ title, standing }) => `${standing} ${title}`);

describe.each(journalNames)('of the %s run', (name) => {
  const result = resultOf(eventsOf(name), { cutOff: false });

  it('says at the end what the verdict says', () => {
    const { lines, verdict } = standingsAt(name, 20_000);

    expect(verdict).toEqual({ word: result.verdict, reason: result.reason });
    expect(lines.map(({ title, standing, observed }) => ({ title, standing, observed }))).toEqual(
      expectationsOf(result).map(({ title, standing, observed }) => ({ title, standing, observed })),
    );
  });
});

it('never cries failure on the way of a run that passes', () => {
  for (let now = 0; now < 14_100; now += 410) {
    expect([now, told(standingsAt('passed', now)).filter((line) => line.startsWith('failed'))]).toEqual([now, []]);
  }
});

it('cries nothing of a run that was changed by hand, which will be inconclusive', () => {
  expect(standingsAt('manual', 4_000)).toMatchObject({ note: null });

  const { lines, note } = standingsAt('manual', 9_500);
  expect([note, ...new Set(lines.map(({ standing }) => standing))]).toEqual(['by hand: inconclusive', 'inconclusive']);
});

it('expects nothing of a playground', () => {
  const judge = createJudge(bounds, still);
  judge.add(
    eventsOf('passed')
      .slice(0, 400)
      .map((event) => (event.type === 'run.started' ? { ...event, manual: true as const } : event)),
  );

  expect(judge.standings(0)).toEqual({
    lines: [],
    verdict: null,
    note: 'nothing is promised here',
  });
});

it('says which expectations are still open', () => {
  expect(told(standingsAt('passed', 5_500))).toMatchInlineSnapshot(`
    [
      "passed orders.success during baseline",
      "failing orders.rejected during outage",
      "open order->payment path",
      "passed order->payment opens after the fault",
      "passed order->payment calls while open",
      "passed order->payment opens after exactly 3 failures in a row",
      "passed order->payment stays open for 2 s",
      "passed order->payment sends one probe when half-open",
      "passed order->payment does nothing that no breaker may",
      "passed gateway->order path",
      "passed gateway->order opens after exactly 3 failures in a row",
      "passed gateway->order stays open for 10 s",
      "passed gateway->order sends one probe when half-open",
      "passed gateway->order does nothing that no breaker may",
      "passed all other breakers keep to their declared policies",
      "open recovered for 2 s on end",
    ]
  `);
});

it('judges anew once a second, and more seldom where it takes long', () => {
  const times = [0, 200, 200, 200];
  const judge = createJudge(bounds, () => times.shift() ?? 200);
  const [first, second] = [eventsOf('passed').slice(0, 400), eventsOf('passed').slice(400, 900)];

  judge.add(first);
  const before = judge.standings(1_000);
  judge.add(second);

  expect(judge.standings(12_999)).toBe(before);
  expect(judge.standings(13_000)).not.toBe(before);
});

it('leaves what needs single calls to the end of a run that is too long to keep whole', () => {
  const judge = createJudge({ whole: 500, thin: 10_000 }, still);
  judge.add(eventsOf('passed').slice(0, 900));

  expect(judge.standings(0).lines.map(({ title, observed }) => `${title}: ${observed}`)).toMatchInlineSnapshot(`
    [
      "orders.success during baseline: 100 % of 18",
      "orders.rejected during outage: 85.19 % of 27",
      "order->payment path: closed > open > halfOpen > open",
      "order->payment opens after the fault: 361 ms",
      "order->payment calls while open: judged at the end",
      "order->payment opens after exactly 3 failures in a row: judged at the end",
      "order->payment stays open for 2 s: judged at the end",
      "order->payment sends one probe when half-open: judged at the end",
      "order->payment does nothing that no breaker may: judged at the end",
      "gateway->order path: closed",
      "gateway->order opens after exactly 3 failures in a row: judged at the end",
      "gateway->order stays open for 10 s: judged at the end",
      "gateway->order sends one probe when half-open: judged at the end",
      "gateway->order does nothing that no breaker may: judged at the end",
      "all other breakers keep to their declared policies: judged at the end",
      "recovered for 2 s on end: never ended",
    ]
  `);

  judge.add(eventsOf('passed').slice(900));
  expect(judge.standings(1)).toMatchObject({ verdict: null, note: 'the verdict is made from the whole journal' });
  expect(judge.isOutOfReach()).toBe(true);
  judge.settle(resultOf(eventsOf('passed'), { cutOff: false }));
  expect(judge.standings(2).verdict?.word).toBe('passed');
});

it('keeps nothing of a run that is longer still, and says so', () => {
  const judge = createJudge({ whole: 100, thin: 100 }, still);
  judge.add(eventsOf('passed').slice(0, 1_300));

  expect(judge.standings(0)).toEqual({
    lines: [],
    verdict: null,
    note: 'too long to be judged on the way; at the end it is',
  });
});
