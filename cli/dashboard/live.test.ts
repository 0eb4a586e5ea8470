import { expect, it } from 'vitest';
import type { RunEvent } from '../../services/contract/events.ts';
import { resultOf } from '../verdict/result.ts';
import { from } from '../verdict/testing/events.ts';
import { createLive, type LiveOptions } from './live.ts';
import { bounds } from './standings.ts';
import { aFeed } from './testing/a-feed.ts';
import { eventsOf } from './testing/journals.ts';

/** A phase that begins at each of these moments. */
const at = (...moments: readonly number[]): readonly RunEvent[] =>
  from(
    'runner',
    moments.map((moment) => ({ type: 'phase', at: moment, name: `p${moment}`, edge: 'start', judged: true })),
  );

function aLive(rest: Pick<LiveOptions, 'judge'> = {}) {
  const feed = aFeed();
  let wall = 5_000;
  const live = createLive({ feed, clock: () => wall, ...rest });
  const wait = (ms: number): void => {
    wall += ms;
  };
  /** Tells each of these at its moment, with a tick after it. */
  const pass = (...moments: readonly number[]): void => {
    for (const [index, moment] of moments.entries()) {
      wait(moment - (moments[index - 1] ?? moment));
      feed.tell(at(moment));
      live.tick();
    }
  };
  return { live, feed, wait, pass };
}

it('shows nothing before anything came', () => {
  const { live, wait } = aLive();

  wait(1_000);

  expect(live.tick()).toMatchObject({ view: { now: 0, phases: [] }, mode: 'live', lost: null });
});

it('shows what came by the tick, and goes on with the clock where nothing comes', () => {
  const { live, feed, wait } = aLive();

  feed.tell(at(100, 400));
  expect(live.tick()).toMatchObject({ view: { now: 400 }, until: 400 });
  wait(250);
  expect(live.tick()).toMatchObject({ view: { now: 650 }, until: 650 });
  feed.tell(at(700));
  expect(live.tick().view.phases.map(({ name }) => name)).toEqual(['p100', 'p400', 'p700']);
});

it('does not run behind by events that come late', () => {
  const { live, wait, feed, pass } = aLive();

  pass(0, 1_000);
  wait(500);
  feed.tell(at(1_200));

  expect(live.tick().view.now).toBe(1_500);
});

it('freezes the view and not the run', () => {
  const { live, pass } = aLive();

  pass(0, 1_000, 2_000);
  live.toggle();
  pass(3_000, 4_000);
  expect(live.tick()).toMatchObject({ mode: 'frozen', view: { now: 2_000 }, until: 4_000 });
  live.toggle();
  expect(live.tick()).toMatchObject({ mode: 'live', view: { now: 4_000 } });
});

it('looks back by the second, and is live again past the newest', () => {
  const { live, pass } = aLive();

  pass(0, 1_000, 2_000, 3_000, 4_000);
  live.move(-1_000);
  expect(live.tick()).toMatchObject({ mode: 'past', view: { now: 3_000 }, until: 4_000 });
  live.move(-1_500);
  expect(live.tick()).toMatchObject({ mode: 'past', view: { now: 1_000 } });
  live.move(30_000);
  expect(live.tick()).toMatchObject({ mode: 'live', view: { now: 4_000 } });
});

it('does not look back past the first moment that it has', () => {
  const { live, pass } = aLive();

  pass(2_000, 3_000);
  live.move(-30_000);
  expect(live.tick()).toMatchObject({ mode: 'past', view: { now: 2_000 } });
});

it('goes to the start and to the end', () => {
  const { live, pass } = aLive();

  pass(0, 1_000, 2_000);
  live.toStart();
  expect(live.tick()).toMatchObject({ mode: 'past', view: { now: 0 } });
  live.toEnd();
  expect(live.tick()).toMatchObject({ mode: 'live', view: { now: 2_000 } });
});

it('keeps the last five minutes at least, and ten at most', () => {
  const { live, feed } = aLive();

  for (let second = 0; second < 700; second += 1) {
    feed.tell(from('order/1', [{ type: 'stall', at: second * 1_000, ms: 1, cpuMs: 1 }]));
    live.tick();
  }
  live.toStart();

  const { view, until } = live.tick();
  expect(until - view.now).toBeGreaterThanOrEqual(299_000);
  expect(until - view.now).toBeLessThanOrEqual(600_000);
});

it('looks back at what was before it came', () => {
  const { live, feed } = aLive();

  feed.tell(at(0, 900, 1_000, 2_500, 3_900));
  live.tick();
  live.move(-1_000);

  expect(live.tick()).toMatchObject({ mode: 'past', view: { now: 2_500 } });
});

it('is over with its feed, and says why that ended', async () => {
  const { live, feed, wait, pass } = aLive();

  pass(0, 1_000);
  feed.end('the fleet is gone');
  await feed.ended;
  wait(5_000);

  expect(live.tick()).toMatchObject({ mode: 'over', view: { now: 1_000 }, lost: 'the fleet is gone' });
});

it('judges a whole run by itself', () => {
  const { live, feed } = aLive({ judge: () => Promise.reject(new Error('asked all the same')) });

  feed.tell(eventsOf('failed'));

  expect(live.tick()).toMatchObject({ mode: 'over', lost: null, standings: { verdict: { word: 'failed' } } });
});

/** More than is kept whole. */
const long: readonly RunEvent[] = [
  ...from(
    'order/1',
    Array.from({ length: bounds.whole + 1 }, () => ({ type: 'stall', at: 1, ms: 1, cpuMs: 1 })),
  ),
  ...from('runner', [{ type: 'run.ended', at: 2, reason: 'completed' }]),
];

it('has a run judged that was too long to be kept, once', async () => {
  const asked: string[] = [];
  const result = resultOf(eventsOf('passed'), { cutOff: false });
  const judge = async () => {
    asked.push('asked');
    return result;
  };
  const { live, feed } = aLive({ judge });

  feed.tell(long);
  expect(live.tick().standings.verdict).toBeNull();
  await Promise.resolve();

  expect(live.tick().standings.verdict).toMatchObject({ word: 'passed' });
  expect(asked).toEqual(['asked']);
});

it('says why such a run cannot be judged', async () => {
  const { live, feed } = aLive({ judge: () => Promise.reject(new Error('no such file')) });

  feed.tell(long);
  live.tick();
  await new Promise((resolve) => setImmediate(resolve));

  expect(live.tick().lost).toBe('the verdict cannot be told: Error: no such file');
});

it('leaves its feed', () => {
  const { live, feed } = aLive();

  expect(feed.isFollowed()).toBe(true);
  live.close();

  expect(feed.isFollowed()).toBe(false);
});
