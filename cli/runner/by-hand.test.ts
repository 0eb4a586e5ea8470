import { describe, expect, it } from 'vitest';
import { virtualClock } from '../testing/virtual-clock.ts';
import { recordByHand } from './by-hand.ts';
import type { ByHand } from './ports.ts';
import { createRecorder } from './recorder.ts';

const aFault = {
  change: 'set',
  fault: 'hand/1',
  kind: 'down',
  target: 'order->user',
  dose: 'down',
  ttlMs: 60_000,
} as const;

function aRun() {
  const clock = virtualClock();
  const told: object[] = [];
  const over = new AbortController();
  const stops: object[] = [];
  let listener: (hand: ByHand) => void = () => {};
  recordByHand({
    watch: {
      onHand: (given) => {
        listener = given;
      },
    },
    recorder: createRecorder(clock, ({ v: _v, src: _src, seq: _seq, ...event }) => told.push(event)),
    stop: (why) => stops.push(why),
    over: over.signal,
  });
  return { clock, told, stops, over, hand: (change: ByHand) => listener(change) };
}

describe('what a hand does during a run', () => {
  it('is recorded when it happens', async () => {
    const run = aRun();
    run.hand(aFault);
    await run.clock.drive(run.clock.sleep(2_000));
    run.hand({ change: 'cleared', fault: 'hand/1' });
    expect(run.told).toEqual([
      {
        ...{ at: 0, type: 'fault.set', fault: 'hand/1', kind: 'down', target: 'order->user', dose: 'down' },
        ...{ ttlMs: 60_000, by: 'hand' },
      },
      { at: 2_000, type: 'fault.cleared', fault: 'hand/1', reason: 'hand' },
    ]);
    expect(run.stops).toEqual([]);
  });

  it('is recorded where it was a breaker that was forced, and let go', () => {
    const run = aRun();
    run.hand({ change: 'breaker', link: 'order->payment', to: 'open' });
    run.hand({ change: 'breaker', link: 'order->payment', to: 'auto' });
    const hand = { at: 0, type: 'hand', action: 'breaker', target: 'order->payment' };
    expect(run.told).toEqual([
      { ...hand, detail: 'forced open' },
      { ...hand, detail: 'auto' },
    ]);
  });

  it('ends the run where it was a reset', () => {
    const run = aRun();
    run.hand({ change: 'reset' });
    expect(run.stops).toEqual([{ reason: 'interrupted', detail: 'the fleet was reset by hand' }]);
  });

  it('is nothing to a run whose plan has been walked', () => {
    const run = aRun();
    run.over.abort();
    run.hand(aFault);
    run.hand({ change: 'reset' });
    expect([run.told, run.stops]).toEqual([[], []]);
  });
});
