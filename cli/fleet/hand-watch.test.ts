import { expect, it } from 'vitest';
import type { ByHand, RateChange } from '../runner/ports.ts';
import type { ControlCall, ControlPush } from './control-protocol.ts';
import { watchHands } from './hand-watch.ts';

function aWatch() {
  const calls: ControlCall[] = [];
  let push: (push: ControlPush) => void = () => {};
  const watch = watchHands({
    onPush: (listener) => {
      push = listener;
    },
    call: async (call) => void calls.push(call),
  });
  return { watch, calls, push: (message: ControlPush) => push(message) };
}

it('keeps what a hand did before anybody asked, and tells it first', () => {
  const { watch, push } = aWatch();
  const told: ByHand[] = [];
  push({ push: 'hand', hand: { change: 'cleared', fault: 'hand/1' } });
  push({ push: 'started', process: 'order' });
  watch.onHand((hand) => told.push(hand));
  push({ push: 'hand', hand: { change: 'reset' } });
  expect(told).toEqual([{ change: 'cleared', fault: 'hand/1' }, { change: 'reset' }]);
});

it('answers whoever asks for another rate: not yet, why not, or done', () => {
  const { watch, push, calls } = aWatch();
  const ask = (number: number, perSecond: number) => push({ push: 'load', ask: number, load: 'checkout', perSecond });
  const changes: RateChange[] = [];
  ask(1, 5);
  watch.onRate((change) => {
    if (change.perSecond > 10) throw new Error('too many');
    changes.push({ load: change.load, perSecond: change.perSecond });
  });
  ask(2, 50);
  ask(3, 5);
  expect(calls.map((call) => call.op === 'load.answer' && [call.ask, call.error])).toEqual([
    [1, 'the run has not begun to send yet; try again in a moment'],
    [2, 'too many'],
    [3, null],
  ]);
  expect(changes).toEqual([{ load: 'checkout', perSecond: 5 }]);
});
