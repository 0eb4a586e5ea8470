import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createPlayer } from './player.ts';
import { eventsOf } from './testing/journals.ts';

const events = eventsOf('passed');
const until = Math.max(...events.map(({ at }) => at));

function aPlayer(speed = 1) {
  let wall = 0;
  const player = createPlayer({ events, speed, clock: () => wall });
  return {
    player,
    tickAfter: (ms: number) => {
      wall += ms;
      return player.tick();
    },
  };
}

it('plays by the clock, so many times as fast', () => {
  const { player, tickAfter } = aPlayer(2);

  expect(tickAfter(0)).toMatchObject({ view: { now: 0 }, mode: 'playing', speed: 2, until, lost: null });
  expect(tickAfter(1_500).view.now).toBe(3_000);
  player.faster(0.5);
  expect(tickAfter(1_000)).toMatchObject({ view: { now: 4_000 }, speed: 1 });
});

it('is no slower than an eighth and no faster than 64 times', () => {
  const { player, tickAfter } = aPlayer();

  for (let press = 0; press < 20; press += 1) player.faster(0.5);
  expect(tickAfter(0).speed).toBe(1 / 8);
  for (let press = 0; press < 20; press += 1) player.faster(2);
  expect(tickAfter(0).speed).toBe(64);
});

it('stands still while it is paused, and goes on from there', () => {
  const { player, tickAfter } = aPlayer();

  tickAfter(1_000);
  player.toggle();
  expect(tickAfter(9_000)).toMatchObject({ view: { now: 1_000 }, mode: 'paused' });
  player.toggle();
  expect(tickAfter(500)).toMatchObject({ view: { now: 1_500 }, mode: 'playing' });
});

it('stops at the end with the verdict, and begins once more', () => {
  const { player, tickAfter } = aPlayer();

  const end = tickAfter(until + 60_000);
  expect(end).toMatchObject({ mode: 'over', standings: { verdict: { word: 'passed' } } });
  player.toggle();
  expect(tickAfter(100)).toMatchObject({
    view: { now: 100, ended: null },
    mode: 'playing',
    standings: { verdict: null },
  });
});

it('moves within the run alone', () => {
  const { player, tickAfter } = aPlayer();

  player.toggle();
  player.move(-5_000);
  expect(tickAfter(0).view.now).toBe(0);
  player.move(10 * until);
  expect(tickAfter(0).mode).toBe('over');
  player.toStart();
  expect(tickAfter(0)).toMatchObject({ view: { now: 0 }, mode: 'paused' });
  player.toEnd();
  expect(tickAfter(0).mode).toBe('over');
});

it('shows the same at a moment, whatever way led there', () => {
  const moves = fc.array(fc.integer({ min: -12_000, max: 12_000 }), { maxLength: 6 });
  fc.assert(
    fc.property(moves, fc.integer({ min: 0, max: Math.floor(until) }), (steps, moment) => {
      const [wandering, straight] = [aPlayer(), aPlayer()];
      for (const { player } of [wandering, straight]) player.toggle();
      for (const step of steps) wandering.player.move(step);
      const { now } = wandering.tickAfter(0).view;
      wandering.player.move(moment - now);
      straight.player.move(moment);
      expect(wandering.tickAfter(0).view).toEqual(straight.tickAfter(0).view);
    }),
    { numRuns: 10 },
  );
});
