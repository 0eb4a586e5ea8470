import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../services/contract/events.ts';
import { foldRun } from '../../metrics/fold.ts';
import { resultOf } from '../../verdict/result.ts';
import { aCall, aMove, type Draft, from } from '../../verdict/testing/events.ts';
import { eventsOf, type JournalName, journalNames } from '../testing/journals.ts';
import type { LinkView, View } from '../view.ts';
import { createFold } from './fold.ts';

function viewOf(events: readonly RunEvent[], now = 20_000): View {
  const fold = createFold();
  fold.add(events);
  return fold.view(now);
}

const upTo = (name: JournalName, now: number): View =>
  viewOf(
    eventsOf(name).filter(({ at }) => at <= now),
    now,
  );

const linkOf = ({ links }: View, id: string): LinkView | undefined => links.find((link) => link.id === id);
const breakerOf = (view: View, id = 'order->payment') => linkOf(view, id)?.breaker;

describe.each(journalNames)('of the %s run', (name) => {
  const events = eventsOf(name);
  const result = resultOf(events, { cutOff: false });
  const view = viewOf(events);

  it('shows the same in whatever batches the events come, and whoever looks meanwhile', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 }), (sizes) => {
        const fold = createFold();
        for (let from = 0, turn = 0; from < events.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          fold.add(events.slice(from, from + size));
          fold.view(fold.latest());
          from += size;
        }
        expect(fold.view(20_000)).toEqual(view);
      }),
      { numRuns: 10 },
    );
  });

  it('counts what the report counts', () => {
    const told = view.phases
      .filter(({ state }) => state !== 'planned')
      .map(({ name: phase, judged, from, tally }) => ({
        phase,
        judged,
        from,
        planned: tally.planned,
        ...tally.counts,
      }));

    expect(told).toEqual(
      result.phases.map(({ name: phase, judged, from, planned, counts }) => ({
        ...{ phase, judged, from, planned },
        ...counts,
      })),
    );
  });

  it('measures what the report measures, to 1 %', () => {
    for (const { name: phase, duration } of result.phases) {
      const { p50 = null, p99 = null } = view.phases.find((known) => known.name === phase)?.tally ?? {};
      if (duration.n === 0) expect([p50, p99]).toEqual([null, null]);
      else {
        expect(Math.abs((p50 ?? 0) / duration.p50 - 1)).toBeLessThan(0.01);
        expect(Math.abs((p99 ?? 0) / duration.p99 - 1)).toBeLessThan(0.01);
      }
    }
  });

  it('shows the faults and the transitions of the report', () => {
    const set = view.faults.filter(({ state }) => state !== 'planned');

    expect(set.map(({ fault, target, from, to }) => ({ fault, target, from, to }))).toEqual(
      result.faults.map(({ fault, target, from, to }) => ({ fault, target, from, to: to ?? set[0]?.to })),
    );
    expect(
      view.links
        .flatMap(({ id, transitions }) => transitions.map(({ at, from: was, to }) => ({ at, link: id, from: was, to })))
        .toSorted((a, b) => a.at - b.at),
    ).toEqual(result.transitions.map(({ at, link, from: was, to }) => ({ at, link, from: was, to })));
  });

  it('counts every call and every order by the second', () => {
    const { calls, requests } = foldRun(events);
    const counted = view.links.map(({ id, seconds }) => [id, seconds.reduce((sum, { all }) => sum + all.n, 0)]);

    expect(counted).toEqual(view.links.map(({ id }) => [id, calls.get(id)?.length ?? 0]));
    expect(view.seconds.reduce((sum, { all }) => sum + all.n, 0)).toBe(requests.length);
  });
});

it('knows at each moment what a breaker does, since when, why, and when it probes', () => {
  const told = [3_000, 4_480, 6_500, 7_000, 10_700, 11_000].map((now) => {
    const breaker = breakerOf(upTo('passed', now));
    return [now, breaker?.state, breaker?.since, breaker?.cause, breaker?.streak, breaker?.probesAt].map((value) =>
      typeof value === 'number' ? Math.round(value) : value,
    );
  });

  expect(told).toEqual([
    [3_000, 'closed', null, null, 0, null],
    [4_480, 'open', 4_476, '3 failures in a row (status 503)', 3, 6_476],
    [6_500, 'halfOpen', 6_477, 'the wait is over', 3, null],
    [7_000, 'open', 6_635, 'the probe failed (status 503)', 4, 8_635],
    [10_700, 'halfOpen', 10_661, 'the wait is over', 5, null],
    [11_000, 'closed', 10_799, 'the probe succeeded', 0, null],
  ]);
});

it('counts failures in a row as the breaker does', () => {
  const call = (at: number, outcome: 'success' | 'failure') => aCall({ at, outcome });
  const streakAfter = (drafts: readonly Draft[]) => breakerOf(viewOf(from('order/1', drafts)))?.streak;

  expect(streakAfter([call(10, 'failure'), call(20, 'failure')])).toBe(2);
  expect(streakAfter([call(10, 'failure'), call(20, 'success'), call(30, 'failure')])).toBe(1);
  expect(streakAfter([aMove('open', { at: 10 }), aMove('wait', { at: 20 }), aMove('close', { at: 30 })])).toBe(0);
});

it('says which phases and faults are planned, on and gone', () => {
  const { phases, faults } = upTo('passed', 5_000);

  expect(phases.map(({ name, state }) => `${name} ${state}`)).toEqual([
    'warmup gone',
    'baseline gone',
    'outage on',
    'recovery planned',
  ]);
  expect(faults).toMatchObject([{ fault: 'outage/1', state: 'on', to: 9_000 }]);
  expect(upTo('passed', 2_000).faults).toMatchObject([{ fault: 'outage/1', state: 'planned', from: 4_000, to: 9_000 }]);
  expect(upTo('passed', 10_000).faults).toMatchObject([{ fault: 'outage/1', state: 'gone' }]);
});

it('shows a second only when it is over', () => {
  expect(upTo('passed', 5_199).seconds.at(-1)?.second).toBe(3);
  expect(upTo('passed', 5_200).seconds.at(-1)?.second).toBe(4);
});

it('remembers what a person did', () => {
  const rate = { type: 'hand', at: 30, action: 'load', target: 'checkout', detail: '6/s -> 9/s' } as const;
  const forced = { type: 'hand', at: 40, action: 'breaker', target: 'order->payment', detail: 'forced open' } as const;
  const view = viewOf([...eventsOf('manual'), ...from('runner', [rate, forced])]);

  expect(view.manual).toEqual([
    'latency 300±0 ms downstream on order->user',
    'checkout: 6/s -> 9/s',
    'order->payment: forced open',
  ]);
  expect(view.loads[0]?.perSecond).toBe(9);
  expect(breakerOf(view)?.byHand).toBe('forced open');
});

it('awaits no probe of a breaker that was forced open before anybody told of hands', () => {
  const forced = from('order/1', [aMove('open', { at: 100, cause: 'manual' })]);
  const opened = from('order/1', [aMove('open', { at: 100 })]);

  expect(breakerOf(viewOf(forced))).toMatchObject({ state: 'open', probesAt: null });
  expect(breakerOf(viewOf(opened))).toMatchObject({ state: 'open', probesAt: expect.any(Number) });
});

it('plans no end of a playground', () => {
  const events = eventsOf('passed').map((event) =>
    event.type === 'run.started' ? { ...event, manual: true as const } : event,
  );

  const view = viewOf(events.slice(0, 1), 100);
  expect([view.run?.plannedEndMs, view.log[0]?.text]).toEqual([
    null,
    expect.stringMatching(/^short on the fleet run-/),
  ]);
  expect(upTo('passed', 100).run?.plannedEndMs).toBe(14_000);
});

it('learns from the calls what a breaker does that moved before anybody looked', () => {
  const late = from('order/1', [
    aCall({ at: 100, start: 90, state: 'open', generation: 7, outcome: 'rejected', admitted: false }),
  ]);

  expect(breakerOf(viewOf(late))).toMatchObject({ state: 'open', since: 90 });
});

it('bounds what it keeps', () => {
  const drafts = Array.from({ length: 5_000 }, (_, index) => aCall({ at: index * 100, outcome: 'success' }));
  const view = viewOf(from('order/1', drafts), 501_000);
  const link = linkOf(view, 'order->payment');

  expect([link?.calls.length, link?.seconds.length]).toEqual([50, 120]);
});
