import { expect, it } from 'vitest';
import { foldRun } from '../metrics/fold.ts';
import { clockDoubts } from './clock-evidence.ts';
import { aCall, anArrival, type Draft, from } from './testing/events.ts';

const clock = (at: number, offset: number, of = 'payment/1', roundTrip = 0.4): Draft => ({
  type: 'clock',
  at,
  of,
  offset,
  roundTrip,
});
const times = Array.from({ length: 20 }, (_, index) => 1_000 + index * 10);

/** Twenty calls of 6 ms, whose arrivals the callee stamps 2 ms after they were sent, on a clock that is off by so much. */
function doubts(clocks: readonly Draft[], offMs = 0, outcome: 'success' | 'failure' = 'success'): readonly string[] {
  const calls = times.map((at) => aCall({ at: at + 6, start: at, end: at + 6, attempt: `a${at}`, outcome }));
  const arrivals = times.map((at) => anArrival({ at: at + 2 + offMs, attempt: `a${at}` }));
  return clockDoubts(foldRun([...from('order/1', calls), ...from('payment/1', arrivals), ...from('runner', clocks)]));
}

it('trusts clocks that agree, within what their measuring leaves open and a little drift', () => {
  expect(doubts([clock(0, 0), clock(10_000, 0.3), clock(20_000, 1)])).toEqual([]);
});

it('does not trust a clock that moved in the course of the run', () => {
  expect(doubts([clock(0, 0), clock(10_000, 5_000)])).toEqual([
    'the clock of payment/1 moved by at least 5 s in the course of the run',
  ]);
});

it.each([5_000, -5_000])('does not trust a clock that was measured wrong, by %d ms', (offMs) => {
  expect(doubts([clock(0, 0)], offMs)).toEqual([
    'the clocks of the two ends of order->payment disagree: 20 of 20 arrivals lie outside of their calls',
  ]);
});

it('knows that what was given up may arrive long after', () => {
  expect(doubts([clock(0, 0)], 3_000, 'failure')).toEqual([]);
});
