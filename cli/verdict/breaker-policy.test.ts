import { describe, expect, it } from 'vitest';
import { foldRun } from '../metrics/fold.ts';
import { checkOpenFor, checkProbes, checkStreak } from './breaker-policy.ts';
import { aCall, aMove, anArrival, type Draft, from } from './testing/events.ts';

const link = 'order->payment';
const policy = { rule: 'consecutive', failureThreshold: 3, openForMs: 10_000 } as const;

/**
 * A caller's history in one letter each, 10 ms apart: S success, F failure, R refused, C cancelled, f a failure admitted in an
 * earlier generation; O opens, W the wait is over, X the probe failed, K the probe succeeded, M closed by hand.
 */
function history(letters: string) {
  let generation = 0;
  const drafts = [...letters.replaceAll(' ', '')].map((letter, index): Draft => {
    const at = (index + 1) * 10;
    const ask = { at, generation };
    if (letter === 'S') return aCall(ask);
    if (letter === 'F') return aCall({ ...ask, outcome: 'failure' });
    if (letter === 'f') return aCall({ ...ask, generation: generation - 1, outcome: 'failure' });
    if (letter === 'R') return aCall({ ...ask, outcome: 'rejected', admitted: false });
    if (letter === 'C') return aCall({ ...ask, outcome: 'cancelled' });
    generation += 1;
    const moved = { at, generation };
    if (letter === 'O') return aMove('open', moved);
    if (letter === 'W') return aMove('wait', moved);
    if (letter === 'X') return aMove('reopen', moved);
    return aMove('close', letter === 'M' ? { ...moved, cause: 'manual' } : moved);
  });
  return foldRun(from('order/1', drafts));
}

describe('opening after exactly 3 failures in a row', () => {
  const judged = (letters: string) => {
    const { standing, observed } = checkStreak(history(letters), link, policy);
    return [standing, observed];
  };

  it.each([
    ['SSFFFO', '1 opening, each after 3 failures'],
    ['FFSFFSFFFO', '1 opening, each after 3 failures'],
    ['FCFCFO', '1 opening, each after 3 failures'],
    ['FFFO RRR W F X R W S K SS FFFO', '2 openings, each after 3 failures'],
    ['FFFO RR W S K f FF', '1 opening, each after 3 failures'],
    ['FFSFF', 'never opened; longest streak 2'],
    ['FFFO FF W S K S', '1 opening, each after 3 failures'],
    ['FFFO M FFSFFFO', '2 openings, each after 3 failures'],
    ['', 'never opened; longest streak 0'],
  ])('holds for %s', (letters, observed) => {
    expect(judged(letters)).toEqual(['passed', observed]);
  });

  it.each([
    [
      'the 4th failure',
      'FFFFO',
      'still closed after 3 failures in a row at 0.040s; opened after 4 failures in a row at 0.050s',
    ],
    ['the 2nd failure', 'SFFO', 'opened after 2 failures in a row at 0.040s'],
    ['a third failure that is not in a row', 'FFSFO', 'opened after 1 failure in a row at 0.050s'],
    ['nothing at all', 'SSSO', 'opened after 0 failures in a row at 0.040s'],
    [
      'a success that came between',
      'FFFSO',
      'still closed after 3 failures in a row at 0.040s; opened after 0 failures in a row at 0.050s',
    ],
    ['cancelled calls that were counted', 'FFCO', 'opened after 2 failures in a row at 0.040s'],
    ['a streak that outlived the closing', 'FFFO W S K FFO', 'opened after 2 failures in a row at 0.100s'],
    ['a stale failure that was counted', 'FFFO W S K FF f O', 'opened after 2 failures in a row at 0.110s'],
    ['never', 'FFF', 'never opened after 3 failures in a row'],
  ])('fails for a breaker that opens after %s', (_, letters, observed) => {
    expect(judged(letters)).toEqual(['failed', observed]);
  });

  it('goes by the order in which the caller tells, not by its clock', () => {
    const told = [
      aCall({ at: 10, outcome: 'failure' }),
      aCall({ at: 20, outcome: 'failure' }),
      aCall({ at: 30, outcome: 'failure' }),
      // A newly measured offset set the clock back by 1 ms.
      aMove('open', { at: 29 }),
    ];

    expect(checkStreak(foldRun(from('order/1', told)), link, policy).standing).toBe('passed');
  });

  it('counts each process life by itself', () => {
    const failures = (at: number) => [aCall({ at, outcome: 'failure' }), aCall({ at: at + 1, outcome: 'failure' })];
    const record = foldRun([...from('order/1', failures(10)), ...from('order/2', failures(20))]);

    expect(checkStreak(record, link, policy)).toMatchObject({
      standing: 'passed',
      observed: 'never opened; longest streak 2',
    });
  });
});

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
});
