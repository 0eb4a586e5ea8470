import { describe, expect, it } from 'vitest';
import { foldRun } from '../metrics/fold.ts';
import { checkOpenFor, checkProbes } from './breaker-policy.ts';
import { aCall, aMove, anArrival, aStall, type Draft, from } from './testing/events.ts';

const link = 'order->payment';
const policy = { rule: 'consecutive', failureThreshold: 3, openForMs: 10_000 } as const;

describe('staying open for openFor', () => {
  const openFor = (...lengths: readonly number[]) => {
    const drafts = lengths.flatMap((length, index) => [
      aMove(index === 0 ? 'open' : 'reopen', { at: index * 100_000 }),
      aMove('wait', { at: index * 100_000 + length }),
    ]);
    const { standing, observed } = checkOpenFor(foldRun(from('order/1', drafts)), link, policy);
    return [standing, observed];
  };

  it('allows a timer that is 2 ms early or 100 ms late', () => {
    expect(openFor(9_998, 10_100)).toEqual(['passed', '9.998 s, 10.1 s']);
  });

  it.each([
    ['passed', 'order/1', { at: 10_351, ms: 350, cpuMs: 0 }],
    ['passed', 'order/1', { at: 10_351, ms: 350, cpuMs: 350 }],
    ['failed', 'order/1', { at: 10_351, ms: 300, cpuMs: 0 }],
    ['failed', 'order/1', { at: 9_990, ms: 350, cpuMs: 0 }],
    ['failed', 'user/1', { at: 10_351, ms: 350, cpuMs: 0 }],
  ])('is %s where %s tells a stall %o and the timer was 420 ms late', (standing, src, stall) => {
    const events = from('order/1', [aMove('open', { at: 0 }), aMove('wait', { at: 10_420 })]);
    const stalls = from(src, [aStall(stall)]).map((event) => ({ ...event, seq: 3 }));

    expect(checkOpenFor(foldRun([...events, ...stalls]), link, policy).standing).toBe(standing);
  });

  it.each([
    [9_000, '9 s'],
    [9_997, '9.997 s'],
    [10_101, '10.101 s'],
  ])('fails for %d ms', (length, observed) => {
    expect(openFor(10_000, length)).toEqual(['failed', observed]);
  });

  const ending = (...drafts: readonly Draft[]) => {
    const { standing, observed } = checkOpenFor(foldRun(from('order/1', drafts)), link, policy);
    return [standing, observed];
  };
  const tick = (at: number) => aCall({ at, outcome: 'rejected', admitted: false });

  it('says nothing of an open state that the end of the run cuts short', () => {
    expect(ending(aMove('open', { at: 0 }), tick(9_000))).toEqual(['passed', 'still open at the end']);
  });

  it('fails where the end of the run finds it open for too long', () => {
    expect(ending(aMove('open', { at: 0 }), tick(12_000))).toEqual(['failed', '12 s']);
  });

  it('fails where it closes without a probe', () => {
    expect(ending(aMove('open', { at: 0 }), aMove('close', { at: 10_000, from: 'open' }))).toEqual([
      'failed',
      '10 s, then closed without a probe',
    ]);
  });

  it('does not judge one that was closed by hand', () => {
    expect(ending(aMove('open', { at: 0 }), aMove('close', { at: 10, from: 'open', cause: 'manual' }))).toEqual([
      'passed',
      'never open',
    ]);
  });
});

describe('one probe when half-open', () => {
  const halfOpen = [aMove('open', { at: 0, generation: 1 }), aMove('wait', { at: 10, generation: 2 })];
  const judged = (called: readonly Draft[], arrived: readonly Draft[] = []) => {
    const events = [...from('order/1', [...halfOpen, ...called]), ...from('payment/1', arrived)];
    const { standing, observed } = checkProbes(foldRun(events), link);
    return [standing, observed];
  };
  const probe = (at: number) => aCall({ at, generation: 2, state: 'halfOpen' });

  it('holds for one, told by both ends', () => {
    expect(judged([probe(20)], [anArrival({ at: 20, generation: 2 })])).toEqual([
      'passed',
      '1 probe in 1 half-open state',
    ]);
  });

  it('fails for two, told by the caller', () => {
    expect(judged([probe(20), probe(21)])).toEqual(['failed', '2 probes in the half-open state at 0.010s']);
  });

  it('fails for a second one that only the callee tells of', () => {
    expect(judged([probe(20)], [anArrival({ at: 25, generation: 2 })])).toEqual([
      'failed',
      '2 probes in the half-open state at 0.010s',
    ]);
  });

  it('does not count calls that were refused, nor those of other generations', () => {
    const others = [
      aCall({ at: 21, generation: 2, admitted: false, outcome: 'rejected' }),
      aCall({ at: 22, generation: 3 }),
    ];

    expect(judged([probe(20), ...others])).toEqual(['passed', '1 probe in 1 half-open state']);
  });

  const close = aMove('close', { at: 30, generation: 3 });
  const reopen = aMove('reopen', { at: 30, generation: 3 });
  const answered = (outcome: 'success' | 'failure' | 'cancelled') =>
    aCall({ at: 20, generation: 2, state: 'halfOpen', outcome });

  it.each([
    ['closed', 'succeeded', [answered('success'), close]],
    ['re-opened', 'failed', [answered('failure'), reopen]],
    ['re-opened', 'was cancelled, which proves nothing', [answered('cancelled'), reopen]],
  ])('holds where it %s after a probe that %s', (_, __, drafts) => {
    expect(judged(drafts)).toEqual(['passed', '1 probe in 1 half-open state']);
  });

  it('fails where it closed although the probe failed', () => {
    expect(judged([answered('failure'), close])).toEqual(['failed', 'closed although the probe failed at 0.030s']);
  });

  it('fails where it closed although the probe was cancelled', () => {
    expect(judged([answered('cancelled'), close])).toEqual([
      'failed',
      'closed although the probe was cancelled at 0.030s',
    ]);
  });

  it('fails where it re-opened although the probe succeeded', () => {
    expect(judged([answered('success'), reopen])).toEqual([
      'failed',
      're-opened although the probe succeeded at 0.030s',
    ]);
  });

  it.each([close, reopen])('fails where it was left without a probe ($cause)', (left) => {
    expect(judged([left])).toEqual(['failed', 'left half-open without a probe at 0.030s']);
  });

  it('fails where it closed, and the caller tells nothing of the probe that arrived', () => {
    expect(judged([close], [anArrival({ at: 20, generation: 2 })])).toEqual([
      'failed',
      'closed although the caller tells of no probe at 0.030s',
    ]);
  });

  it('expects no probe where the half-open state ended by hand, with the record, or with its process', () => {
    const restarted = from('order/2', [aMove('open', { at: 40, generation: 1 })]);
    const killed = checkProbes(foldRun([...from('order/1', halfOpen), ...restarted]), link);

    expect(judged([aMove('close', { at: 30, generation: 3, cause: 'manual' })])).toEqual([
      'passed',
      '0 probes in 1 half-open state',
    ]);
    expect(judged([])).toEqual(['passed', '0 probes in 1 half-open state']);
    expect(killed).toMatchObject({ standing: 'passed', observed: '0 probes in 1 half-open state' });
  });
});
