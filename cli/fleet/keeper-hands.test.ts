import { describe, expect, it } from 'vitest';
import type { ControlCall } from './control-protocol.ts';
import { keeperHands } from './keeper-hands.ts';

function aKeeper() {
  const calls: ControlCall[] = [];
  const lost: (() => void)[] = [];
  const hands = keeperHands(async () => {
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    lost.push(resolve);
    return { closed, call: async (call) => void calls.push(call) };
  });
  return { hands, calls, lost };
}

describe('the dashboard’s hands', () => {
  it('say to the keeper what is to be done, over one connection', async () => {
    const { hands, calls, lost } = aKeeper();
    await hands.addFault({ type: 'down', link: 'order->payment' }, 30_000);
    await hands.clearFault('hand/1');
    await hands.force('order->payment', 'open');
    await hands.setRate('checkout', 50);
    expect(calls).toEqual([
      { op: 'fault.add', fault: { type: 'down', link: 'order->payment' }, ttlMs: 30_000 },
      { op: 'fault.clear', fault: 'hand/1' },
      { op: 'breaker.force', link: 'order->payment', state: 'open', ttlMs: 60_000 },
      { op: 'load.set', load: 'checkout', perSecond: 50 },
    ]);
    expect(lost).toHaveLength(1);
  });

  it('connect again where the connection was lost', async () => {
    const { hands, calls, lost } = aKeeper();
    await hands.clearFault('hand/1');
    lost[0]?.();
    await new Promise(setImmediate);
    await hands.clearFault('hand/2');
    expect([lost.length, calls.length]).toEqual([2, 2]);
  });

  it('refuse what is no fault, in words', async () => {
    const { hands, calls } = aKeeper();
    await expect(hands.addFault({ type: 'latency', link: 'order->payment' }, 1)).rejects.toThrow(
      /^latency: is missing/,
    );
    expect(calls).toEqual([]);
  });
});
