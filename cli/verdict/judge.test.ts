import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../services/contract/events.ts';
import { foldRun } from '../metrics/fold.ts';
import { aScenario } from '../scenario/testing/a-scenario.ts';
import { judge } from './judge.ts';
import type { Verdict } from './judgement.ts';
import type { Draft } from './testing/events.ts';
import { simulate } from './testing/simulate.ts';

function judged(events: readonly RunEvent[], replaced: Readonly<Record<string, string>> = {}): Verdict {
  const { scenario, positions } = aScenario(replaced);
  return judge(foldRun(events), scenario, positions);
}
const expectationsOf = ({ judgements }: Verdict) =>
  judgements.filter(({ kind }) => !['dose', 'load', 'record'].includes(kind));
const failedOf = (verdict: Verdict) =>
  verdict.judgements.filter(({ standing }) => standing === 'failed').map(({ id }) => id);
const standingsOf = (verdict: Verdict) => new Set(expectationsOf(verdict).map(({ standing }) => standing));

describe('the verdict', () => {
  it('passes a run that keeps all its promises', () => {
    const { verdict, reason, judgements } = judged(simulate());

    expect([verdict, reason]).toEqual(['passed', 'all 11 expectations hold']);
    expect(judgements.map(({ id, standing }) => `${standing} ${id}`)).toMatchInlineSnapshot(`
      [
        "passed threshold/1",
        "passed threshold/2",
        "passed breaker/order->payment/path",
        "passed breaker/order->payment/opensWithin",
        "passed breaker/order->payment/callsWhileOpen",
        "passed breaker/order->payment/failureThreshold",
        "passed breaker/order->payment/openFor",
        "passed breaker/order->payment/probe",
        "passed breaker/order->payment/contract",
        "passed contract",
        "passed recovery",
        "passed dose/outage/1",
        "passed load/baseline",
        "passed load/outage",
        "passed load/recovery",
        "passed clocks",
        "passed record",
      ]
    `);
  });

  it.each([
    ['opens after the 4th failure', { opensAfter: 4 }, ['breaker/order->payment/failureThreshold']],
    ['opens after the 2nd failure', { opensAfter: 2 }, ['breaker/order->payment/failureThreshold']],
    ['stays open for 1.9 s', { openForMs: 1_900 }, ['breaker/order->payment/openFor']],
    ['sends two probes', { probes: 2 }, ['breaker/order->payment/probe']],
    ['lets one call through while open', { leaks: 1 }, ['breaker/order->payment/callsWhileOpen']],
    [
      'never opens',
      { opensAfter: 10_000 },
      ['breaker/order->payment/path', 'breaker/order->payment/opensWithin', 'breaker/order->payment/failureThreshold'],
    ],
    ['is too slow to answer', { takesMs: 301 }, ['threshold/2']],
  ])('fails a system that %s, for that and nothing else', (_, knobs, failed) => {
    const verdict = judged(simulate(knobs));

    expect([verdict.verdict, failedOf(verdict)]).toEqual(['failed', failed]);
  });

  it('points at the line of what failed', () => {
    const verdict = judged(simulate({ takesMs: 301 }));

    expect(verdict.judgements.find(({ standing }) => standing === 'failed')?.position).toEqual({ line: 14, column: 7 });
  });

  it('holds a recovery to the thresholds that speak of all phases as well', () => {
    const expecting = {
      expect: `
  thresholds: [orders.duration p(95) < 4ms]
  recovery: { within: 3s, stableFor: 2s }`,
    };

    expect(failedOf(judged(simulate(), expecting))).toEqual(['threshold/1', 'recovery']);
  });

  it('is inconclusive if nothing was promised', () => {
    expect(judged(simulate({ scenario: { expect: '{}' } }), { expect: '{}' })).toMatchObject({
      verdict: 'inconclusive',
      reason: 'nothing was promised: the scenario expects nothing',
    });
  });

  it('checks a wrong breaker even where the scenario promises nothing more of it', () => {
    const expecting = { expect: '{ breakers: { order->payment: {} } }' };

    expect(failedOf(judged(simulate({ opensAfter: 4 }), expecting))).toEqual([
      'breaker/order->payment/failureThreshold',
    ]);
  });

  it('fails rather than be inconclusive, where it is both', () => {
    const verdict = judged(simulate({ latenessMs: 80, opensAfter: 4 }));

    expect([verdict.verdict, standingsOf(verdict)]).toEqual(['failed', new Set(['passed', 'inconclusive', 'failed'])]);
  });
});

describe('missing evidence makes every expectation inconclusive, whatever it looked like', () => {
  const gap: Draft = { type: 'gap', at: 5_000, of: 'order/1', after: 17, next: 20, reason: 'the stream was closed' };

  it.each([
    [
      'a gap in the events',
      { extra: [gap] },
      /events of order\/1 after 17 and before 20 were lost \(the stream was closed\)/,
    ],
    ['a fault that was never in effect', { faultWorks: false }, /none of 500 attempts shows it/],
    [
      'a load that was not sent',
      { drops: (at: number) => at >= 4_000 && at < 4_300 },
      /load in outage: 6 % of 500 planned arrivals were not sent/,
    ],
  ])('%s', (_, knobs, reason) => {
    const verdict = judged(simulate({ opensAfter: 4, ...knobs }));

    expect([verdict.verdict, standingsOf(verdict)]).toEqual(['inconclusive', new Set(['inconclusive'])]);
    expect(expectationsOf(verdict)[0]?.reason).toMatch(reason);
  });

  it('a fault by hand, since that is not what the scenario says', () => {
    const byHand: Draft = {
      ...{ type: 'fault.set', at: 9_000, fault: 'hand/1', kind: 'latency', target: 'order->payment' },
      ...{ dose: 'latency 1±0 ms downstream', ttlMs: 60_000, by: 'hand' },
    };
    const verdict = judged(simulate({ extra: [byHand] }));

    expect([verdict.verdict, standingsOf(verdict)]).toEqual(['inconclusive', new Set(['inconclusive'])]);
    expect(verdict.reason).toBe(
      '11 of 11 expectations inconclusive: by hand: the fault hand/1 on order->payment was set by hand',
    );
    expect(verdict.judgements.find(({ id }) => id === 'by-hand')).toMatchObject({
      kind: 'record',
      observed: 'latency 1±0 ms downstream on order->payment',
    });
  });

  it('but 5 % of the load may be missing', () => {
    expect(judged(simulate({ drops: (at) => at >= 4_000 && at < 4_250 })).verdict).toBe('passed');
  });
});

describe('a run that did not come to its end', () => {
  const died: Draft = {
    type: 'process',
    at: 4_000,
    process: 'payment',
    change: 'exited',
    code: null,
    signal: 'SIGSEGV',
    expected: false,
  };

  it.each([
    ['interrupted', { end: 'interrupted' }, 'interrupted', 'interrupted'],
    ['broken', { end: 'errored' }, 'errored', 'the run broke'],
    ['aborted', { end: 'aborted' }, 'aborted', 'aborted'],
    ['without a process that died', { extra: [died] }, 'errored', 'payment died (SIGSEGV), and no fault did it'],
    ['interrupted while a process was dead', { end: 'interrupted', extra: [died] }, 'interrupted', 'interrupted'],
    [
      'aborted while a process was dead',
      { end: 'aborted', extra: [died] },
      'errored',
      'payment died (SIGSEGV), and no fault did it',
    ],
  ] as const)('%s is never failed', (_, knobs, word, reason) => {
    expect(judged(simulate({ ...knobs, opensAfter: 4 }))).toMatchObject({ verdict: word, reason });
  });

  it('passes where a fault of the scenario killed the process', () => {
    expect(judged(simulate({ extra: [{ ...died, expected: true }] })).verdict).toBe('passed');
  });

  it('is errored where the journal breaks off, and nothing in it is held to be proved', () => {
    const verdict = judged(simulate({ opensAfter: 4 }).filter(({ at, type }) => at < 9_000 && type !== 'run.ended'));

    expect([verdict.verdict, verdict.reason, standingsOf(verdict)]).toEqual([
      'errored',
      'the journal breaks off: it has no end of the run',
      new Set(['inconclusive']),
    ]);
  });
});
