// Listens for what a hand does to the fleet of a run, from before the run takes it: what comes before anybody asks is kept.
import type { ByHand, Watch } from '../runner/ports.ts';
import type { KeeperClient } from './control-client.ts';

export function watchHands(keeper: Pick<KeeperClient, 'onPush'>): Pick<Watch, 'onHand'> {
  const kept: ByHand[] = [];
  let tell = (hand: ByHand): void => void kept.push(hand);
  keeper.onPush((push) => {
    if (push.push === 'hand') tell(push.hand);
  });
  return {
    onHand: (listener) => {
      tell = listener;
      for (const hand of kept.splice(0)) listener(hand);
    },
  };
}
