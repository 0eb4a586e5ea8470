import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Window } from '../../services/contract/events.ts';
import { createBreaker } from '../../services/shared/breaker.ts';
import { foldRun } from '../metrics/fold.ts';
import { checkRate } from './breaker-rate.ts';
import { aCall, aMove, type Draft, from } from './testing/events.ts';

const link = 'order->payment';
const policy = { rule: 'rate', windowMs: 100, minimum: 4, percent: 50, openForMs: 10_000 } as const;

/**
 * A caller's history in one letter each, 10 ms apart: S success, F failure, R refused, C cancelled, f a failure admitted in an
 * earlier generation; O opens, W the wait is over, X the probe failed, K the probe succeeded, M closed by hand; - nothing.
 */
function history(letters: string): readonly Draft[] {
  let generation = 0;
  return [...letters.replaceAll(' ', '')].flatMap((letter, index): readonly Draft[] => {
    const at = 1_000 + (index + 1) * 10;
    const ask = { at, generation };
    if (letter === '-') return [];
    if (letter === 'S') return [aCall(ask)];
    if (letter === 'F') return [aCall({ ...ask, outcome: 'failure' })];
    if (letter === 'f') return [aCall({ ...ask, generation: generation - 1, outcome: 'failure' })];
    if (letter === 'R') return [aCall({ ...ask, outcome: 'rejected', admitted: false })];
    if (letter === 'C') return [aCall({ ...ask, outcome: 'cancelled' })];
    generation += 1;
    const moved = { at, generation };
    if (letter === 'O') return [aMove('open', moved)];
    if (letter === 'W') return [aMove('wait', moved)];
    if (letter === 'X') return [aMove('reopen', moved)];
    return [aMove('close', letter === 'M' ? { ...moved, cause: 'manual' } : moved)];
  });
}
const judged = (drafts: readonly Draft[], rule: typeof policy | { readonly percent: number } = policy) => {
  const { standing, observed } = checkRate(foldRun(from('order/1', drafts)), link, { ...policy, ...rule });
  return [standing, observed];
};

describe('opening at 50 % of at least 4 calls in 100 ms', () => {
  it.each([
    ['SSFFO', '1 opening: 50 % of 4 calls failed'],
    ['FFFFO', '1 opening: 100 % of 4 calls failed'],
    ['FFFSFO', '1 opening: 80 % of 5 calls failed'],
    ['SSSFFFO', '1 opening: 50 % of 6 calls failed'],
    ['FCRFSRFO', '1 opening: 75 % of 4 calls failed'],
    ['FFFFO FF RRR W F X R W S K FFS FO', '2 openings: 100 % of 4 calls failed, 75 % of 4 calls failed'],
    ['FFFFO W S K f FFF', '1 opening: 100 % of 4 calls failed'],
    ['FFFFO M SFFFO', '2 openings: 100 % of 4 calls failed, 75 % of 4 calls failed'],
    // The first failure has left the window when the last one ends.
    ['F---------SSF', 'never opened; no failure among 4 calls or more'],
    ['FSSSSF', 'never opened; at most 33.33 % of 6 calls failed'],
    ['', 'never opened; no failure among 4 calls or more'],
  ])('holds for %s', (letters, observed) => {
    expect(judged(history(letters))).toEqual(['passed', observed]);
  });

  it.each([
    ['one failure late', 'FFFFFO', 'still closed after 100 % of 4 calls failed at 1.040s'],
    ['before there are enough calls', 'FFFO', 'opened after 100 % of 3 calls failed at 1.040s'],
    ['below the percentage', 'SSSFFO', 'opened after 40 % of 5 calls failed at 1.060s'],
    ['at a success', 'FFFSO', 'opened after 75 % of 4 calls failed at 1.050s'],
    ['on a success that came between', 'FFFFSO', 'still closed after 100 % of 4 calls failed at 1.040s'],
    ['on cancelled calls', 'FFCFO', 'opened after 100 % of 3 calls failed at 1.050s'],
    ['on refused calls', 'FRFFO', 'opened after 100 % of 3 calls failed at 1.050s'],
    ['on a call that had left the window', 'F---------SFFO', 'opened after 66.67 % of 3 calls failed at 1.140s'],
    ['on a window that outlived the closing', 'FFFFO W S K FFFO', 'opened after 100 % of 3 calls failed at 1.120s'],
    ['on its own probe', 'FFFFO W S K SFFO', 'opened after 66.67 % of 3 calls failed at 1.120s'],
    ['on a stale failure', 'FFFFO W S K FFF f O', 'opened after 100 % of 3 calls failed at 1.130s'],
    ['never', 'SSFF', 'never opened after 50 % of 4 calls failed at 1.040s'],
    ['at the second chance only', 'FFFF SSSS SSSF', 'still closed after 100 % of 4 calls failed at 1.040s'],
    ['on nothing at all', 'O', 'opened after no call in the window at 1.010s'],
  ])('fails for a breaker that opens %s', (_, letters, observed) => {
    expect(judged(history(letters))).toEqual(['failed', observed]);
  });

  it('takes 29 of 100 for 29 %', () => {
    const drafts = Array.from({ length: 100 }, (_, index) =>
      aCall({ at: 1_000 + index / 2, outcome: index < 71 ? 'success' : 'failure' }),
    );
    expect(judged(drafts, { percent: 29 })).toEqual([
      'failed',
      'never opened after 29 % of 100 calls failed at 1.050s',
    ]);
  });

  it('counts each process life by itself', () => {
    const failures = [1_000, 1_010].map((at) => aCall({ at, outcome: 'failure' }));
    const record = foldRun([...from('order/1', failures), ...from('order/2', failures)]);

    expect(checkRate(record, link, policy).standing).toBe('passed');
  });
});

describe('the window that the breaker tells of', () => {
  const failures = (...times: readonly number[]) => times.map((at) => aCall({ at, outcome: 'failure' }));
  const opening = (at: number, window: Window) => aMove('open', { at, window });

  it('must be the one in the record', () => {
    const told = (window: Window) => judged([...failures(1_010, 1_020, 1_030, 1_040), opening(1_040, window)]);
    expect(told({ calls: 4, failures: 4 })[0]).toBe('passed');
    expect(told({ calls: 5, failures: 4 })).toEqual([
      'failed',
      'opened after 100 % of 4 calls failed at 1.040s; it says 80 % of 5 calls failed',
    ]);
  });

  it('decides where several calls end in one burst', () => {
    const burst = failures(1_010, 1_020, 1_030, 1_040, 1_040.2, 1_041.1);
    const told = (window: Window) => judged([...burst, opening(1_041.2, window)])[0];
    expect(told({ calls: 4, failures: 4 })).toBe('passed');
    expect(told({ calls: 6, failures: 6 })).toBe('failed');
  });

  it('makes it inconclusive where it has calls from before the record in it', () => {
    const record = (at: number) =>
      foldRun(from('order/1', [...failures(at, at + 5), opening(at + 6, { calls: 4, failures: 4 })]));

    expect(checkRate(record(20), link, policy)).toMatchObject({
      standing: 'inconclusive',
      observed: 'opened after 100 % of 2 calls failed at 0.026s; it says 100 % of 4 calls failed',
      reason: 'the breaker counted calls from before the record',
    });
    expect(checkRate(record(100), link, policy).standing).toBe('failed');
  });
});

describe('a call at the edge of the window', () => {
  const at = (...times: readonly number[]) => times.map((end) => aCall({ at: end, outcome: 'failure' }));
  const clock = (offset: number) =>
    ({ type: 'clock', at: 0, of: 'order/1', offset, roundTrip: 1 }) as const satisfies Draft;
  const verdict = (last: readonly Draft[], offsets: readonly number[]) =>
    checkRate(
      foldRun([
        ...from('runner', offsets.map(clock)),
        ...from('order/1', [...at(1_000, 1_010, 1_020, 1_099.5), ...last]),
      ]),
      link,
      policy,
    ).standing;

  it('is in it for less than its length', () => {
    expect(verdict([], [5])).toBe('failed');
    expect(checkRate(foldRun(from('order/1', at(1_000, 1_010, 1_020, 1_100.1))), link, policy).standing).toBe('passed');
  });

  it('may be read either way where the clock was corrected by more than it is away', () => {
    expect(verdict([], [5, 6])).toBe('passed');
    expect(verdict([aMove('open', { at: 1_099.6 })], [5, 6])).toBe('passed');
  });
});

describe('the breaker itself', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('passes on any history', async () => {
    const operation = fc.record({
      ms: fc.constantFrom(0, 1, 10, 25, 50, 99, 100, 400),
      verdicts: fc.array(fc.constantFrom('success', 'failure', 'failure', 'cancelled'), { maxLength: 4 }),
    });
    let openings = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 50, size: 'max' }), async (operations) => {
        vi.useFakeTimers();
        const told: Draft[] = [];
        const now = () => Date.now() % 10_000_000;
        const breaker = createBreaker({
          policy: { timeoutMs: 100, breaker: { ...policy, openForMs: 300 } },
          now,
          onTransition: (transition) => told.push({ type: 'breaker', at: now(), link, ...transition }),
        });
        for (const { ms, verdicts } of operations) {
          await vi.advanceTimersByTimeAsync(ms);
          const asked = verdicts.map((outcome) => ({ outcome, admission: breaker.ask() }));
          const settled = asked.map(({ outcome, admission: { admitted, generation, state, settle } }) => {
            told.push(aCall({ at: now(), generation, state, admitted, outcome: admitted ? outcome : 'rejected' }));
            return admitted ? settle(outcome, { at: now() }) : undefined;
          });
          await Promise.all(settled);
        }
        openings += told.filter((event) => event.type === 'breaker' && event.cause === 'threshold').length;
        expect(judged(told)[0]).toBe('passed');
        breaker.stop();
        vi.clearAllTimers();
      }),
      { numRuns: 300 },
    );
    expect(openings).toBeGreaterThan(100);
  }, 30_000);
});
