// Listens for what a hand does to the fleet of a run, from before the run takes it: what comes before anybody asks is kept.
import { messageOf } from '../errors.ts';
import type { ByHand, RateChange, Watch } from '../runner/ports.ts';
import type { KeeperClient } from './control-client.ts';

export type HandWatch = Pick<Watch, 'onHand' | 'onRate'>;

export function watchHands(keeper: Pick<KeeperClient, 'onPush' | 'call'>): HandWatch {
  const kept: ByHand[] = [];
  let tell = (hand: ByHand): void => void kept.push(hand);
  let change = (_: RateChange): void => {
    throw new Error('the run has not begun to send yet; try again in a moment');
  };
  keeper.onPush((push) => {
    if (push.push === 'hand') tell(push.hand);
    // A keeper that is gone needs no answer.
    else if (push.push === 'load')
      keeper.call({ op: 'load.answer', ask: push.ask, error: errorOf(() => change(push)) }).catch(() => {});
  });
  return {
    onHand: (listener) => {
      tell = listener;
      for (const hand of kept.splice(0)) listener(hand);
    },
    onRate: (listener) => {
      change = listener;
    },
  };
}

function errorOf(act: () => void): string | null {
  try {
    act();
    return null;
  } catch (error) {
    return messageOf(error);
  }
}
