import { describe, expect, it } from 'vitest';
import { foldRun } from '../metrics/fold.ts';
import { checkStreak } from './breaker-streak.ts';
import { aCall, aMove, type Draft, from } from './testing/events.ts';

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

  describe('where several calls end in one instant', () => {
    const failure = (at: number) => aCall({ at, outcome: 'failure' });
    const told = (fourthAt: number, streak: number) => {
      const drafts = [
        failure(10),
        failure(20),
        failure(30),
        failure(fourthAt),
        aMove('open', { at: fourthAt, streak }),
      ];
      const { standing, observed } = checkStreak(foldRun(from('order/1', drafts)), link, policy);
      return [standing, observed];
    };

    it('holds if the breaker decided on the third of them', () => {
      expect(told(30.5, 3)).toEqual(['passed', '1 opening, each after 3 failures']);
    });

    it('fails if it decided on another', () => {
      expect(told(30.5, 4)).toEqual(['failed', 'opened after 4 failures in a row at 0.030s']);
    });

    it('fails if it was not the same instant, whatever the breaker says', () => {
      expect(told(32, 3)[0]).toBe('failed');
    });
  });
});
