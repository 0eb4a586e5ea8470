import { expect, it } from 'vitest';
import type { ByHand } from '../runner/ports.ts';
import type { ControlPush } from './control-protocol.ts';
import { watchHands } from './hand-watch.ts';

it('keeps what a hand did before anybody asked, and tells it first', () => {
  let push: (push: ControlPush) => void = () => {};
  const watch = watchHands({
    onPush: (listener) => {
      push = listener;
    },
  });
  const told: ByHand[] = [];
  push({ push: 'hand', hand: { change: 'cleared', fault: 'hand/1' } });
  push({ push: 'started', process: 'order' });
  watch.onHand((hand) => told.push(hand));
  push({ push: 'hand', hand: { change: 'reset' } });
  expect(told).toEqual([{ change: 'cleared', fault: 'hand/1' }, { change: 'reset' }]);
});
