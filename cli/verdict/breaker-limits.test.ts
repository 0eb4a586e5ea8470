import { describe, expect, it } from 'vitest';
import { foldRun } from '../metrics/fold.ts';
import { parseFailFast } from '../scenario/threshold.ts';
import { checkMaxOpens, checkProbeCount, checkStaysClosed, checkStaysOpenFor } from './breaker-limits.ts';
import { checkFailFast } from './fail-fast.ts';
import { aCall, aMove, aStall, type Draft, from } from './testing/events.ts';

const link = 'order->payment';
const judged = { from: 0, to: 60_000 };

const recordOf = (drafts: readonly Draft[]) =>
  foldRun(
    from(
      'order/1',
      drafts.toSorted((a, b) => a.at - b.at),
    ),
  );
const probe = (at: number, generation: number) => aCall({ at, generation, state: 'halfOpen', attempt: `p${at}` });

/** Opens at 1 s, probes in vain at 3 s, and in truth at 5 s. */
const history = recordOf([
  aMove('open', { at: 1_000, generation: 1 }),
  aMove('wait', { at: 3_000, generation: 2 }),
  probe(3_005, 2),
  aMove('reopen', { at: 3_005, generation: 3 }),
  aMove('wait', { at: 5_005, generation: 4 }),
  probe(5_010, 4),
  aMove('close', { at: 5_010, generation: 5 }),
]);
const calm = recordOf([aCall({ at: 500 })]);

describe('maxOpens', () => {
  it('counts each opening, one by a failed probe too', () => {
    expect(checkMaxOpens(history, link, { limit: 2, judged })).toMatchObject({
      standing: 'passed',
      observed: '2 times: 1.000s, 3.005s',
    });
    expect(checkMaxOpens(history, link, { limit: 1, judged })).toMatchObject({ standing: 'failed', margin: '-1' });
    expect(checkMaxOpens(calm, link, { limit: 0, judged })).toMatchObject({ standing: 'passed', observed: 'never' });
  });

  it('leaves out what is not judged', () => {
    expect(checkMaxOpens(history, link, { limit: 0, judged: { from: 10_000, to: 20_000 } }).standing).toBe('passed');
  });
});

describe('staysClosed', () => {
  it('fails at the first other state', () => {
    expect(checkStaysClosed(calm, link, judged)).toMatchObject({ standing: 'passed', observed: 'closed throughout' });
    expect(checkStaysClosed(history, link, judged)).toMatchObject({ standing: 'failed', observed: 'open at 1.000s' });
  });
});

describe('probes', () => {
  it('are those that were admitted half-open', () => {
    expect(checkProbeCount(history, link, { limit: 2, judged })).toMatchObject({
      standing: 'passed',
      observed: '2 probes',
    });
    expect(checkProbeCount(history, link, { limit: 1, judged }).standing).toBe('failed');
  });
});

describe('staysOpenFor', () => {
  it('is what the scenario says, whatever the policy', () => {
    expect(checkStaysOpenFor(history, link, 2_000).standing).toBe('passed');
    expect(checkStaysOpenFor(history, link, 1_500)).toMatchObject({ standing: 'failed', observed: '2 s, 2 s' });
  });
});

describe('failFast', () => {
  const limit = parseFailFast('p(99) < 20ms');
  if (typeof limit === 'string') throw new Error(limit);
  const refusals = (count: number, took: number) =>
    recordOf(
      Array.from({ length: count }, (_, index) =>
        aCall({
          at: index + took,
          start: index,
          end: index + took,
          attempt: `r${index}`,
          admitted: false,
          outcome: 'rejected',
          state: 'open',
        }),
      ),
    );
  const check = (record: ReturnType<typeof recordOf>) => checkFailFast(record, link, { failFast: limit, judged });

  it('is the time from asking to the refusal, by the caller’s own word', () => {
    expect(check(refusals(200, 0.5))).toMatchObject({
      standing: 'passed',
      observed: '0.5 ms of 200 rejections',
      margin: '+20 ms',
    });
    expect(check(refusals(200, 25))).toMatchObject({
      standing: 'failed',
      observed: '25 ms of 200 rejections',
      margin: '-5 ms',
    });
  });

  it('is inconclusive where only refusals break it that the caller had no processor for', () => {
    const slow = Array.from({ length: 3 }, (_, index) =>
      aCall({ at: 900, start: 800, end: 900, attempt: `s${index}`, admitted: false, outcome: 'rejected' }),
    );
    const quick = Array.from({ length: 200 }, (_, index) =>
      aCall({
        at: index + 1,
        start: index,
        end: index + 1,
        attempt: `q${index}`,
        admitted: false,
        outcome: 'rejected',
      }),
    );
    const standing = (...stalls: readonly Draft[]): string => check(recordOf([...quick, ...slow, ...stalls])).standing;

    expect(standing()).toBe('failed');
    expect(standing(aStall({ at: 895, ms: 90 }))).toBe('inconclusive');
    expect(standing(aStall({ at: 795, ms: 90 }))).toBe('failed');
    expect(standing(aStall({ at: 895, ms: 90, cpuMs: 80 }))).toBe('failed');
  });

  it('needs as many refusals as its percentile', () => {
    expect(check(refusals(199, 0.5))).toMatchObject({
      standing: 'inconclusive',
      reason: 'too few rejections: 199, and this limit needs 200',
    });
  });

  it.each(['p(99) > 20ms', 'p(99)', '< 20ms', 'p(99) < 20', 'max <= 0ms', 'median < 2ms'])(
    'refuses to read %s',
    (text) => {
      expect(parseFailFast(text)).toEqual(expect.any(String));
    },
  );
});
