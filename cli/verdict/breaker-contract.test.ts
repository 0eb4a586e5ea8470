import { describe, expect, it } from 'vitest';
import { foldRun } from '../metrics/fold.ts';
import { checkCallsWhileOpen, checkOpensWithin, checkPath } from './breaker-contract.ts';
import { aCall, aMove, anArrival, aStall, type Draft, from } from './testing/events.ts';

const link = 'order->payment';
const judged = { from: 0, to: 1_000_000 };

describe('the path', () => {
  const path = ['closed', 'open', 'halfOpen', '...', 'closed'] as const;
  const pathFrom = (start: number, drafts: readonly Draft[]) => {
    const { standing, observed } = checkPath(foldRun(from('order/1', drafts)), link, {
      path: [...path],
      judged: { ...judged, from: start },
    });
    return [standing, observed];
  };
  const outage = [
    aMove('open', { at: 100 }),
    aMove('wait', { at: 200 }),
    aMove('reopen', { at: 210 }),
    aMove('wait', { at: 310 }),
    aMove('close', { at: 320 }),
  ];

  it('is told with its repetitions folded', () => {
    expect(pathFrom(0, outage)).toEqual(['passed', 'closed > (open > halfOpen) x2 > closed']);
  });

  it('starts with the state at the start of the judged time', () => {
    expect(pathFrom(250, outage)).toEqual(['failed', 'open > halfOpen > closed']);
    expect(pathFrom(400, outage)).toEqual(['failed', 'closed']);
  });

  it('fails where it never closed', () => {
    expect(pathFrom(0, outage.slice(0, -1))).toEqual(['failed', 'closed > (open > halfOpen) x2']);
  });
});

describe('opensWithin', () => {
  const faultSet = (fault: string, target: string, at: number): Draft => ({
    type: 'fault.set',
    at,
    fault,
    kind: 'down',
    target,
    dose: 'down',
    ttlMs: 1,
    by: 'plan',
  });
  const opens = (faults: readonly Draft[], moves: readonly Draft[], roundTrip = 0) => {
    const clock: Draft = { type: 'clock', at: 0, of: 'order/1', offset: 0, roundTrip };
    const { standing, observed, margin } = checkOpensWithin(
      foldRun([...from('runner', [clock, ...faults]), ...from('order/1', moves)]),
      link,
      1_000,
    );
    return [standing, observed, margin];
  };

  it('is measured from the start of the first fault on the link', () => {
    const faults = [faultSet('a/1', 'order->user', 100), faultSet('a/2', link, 500), faultSet('b/1', link, 900)];

    expect(opens(faults, [aMove('open', { at: 1_400 })])).toEqual(['passed', '900 ms', '+100 ms']);
  });

  it('is measured from an HTTP fault in the callee as well', () => {
    expect(opens([faultSet('a/1', 'payment', 500)], [aMove('open', { at: 1_600 })])).toEqual([
      'failed',
      '1.1 s',
      '-100 ms',
    ]);
  });

  it('does not take an opening before the fault, nor a failed probe, for the opening', () => {
    const moves = [aMove('open', { at: 100 }), aMove('wait', { at: 200 }), aMove('reopen', { at: 600 })];

    expect(opens([faultSet('a/1', link, 500)], moves)).toEqual(['failed', 'not opened after a/1 at 0.500s', null]);
  });

  it('is inconclusive where it would have been in time with a processor', () => {
    const faults = [faultSet('a/1', link, 500)];
    const late = aMove('open', { at: 1_800 });

    expect(opens(faults, [aStall({ at: 1_700, ms: 300 }), late])).toEqual(['inconclusive', '1.3 s', null]);
    expect(opens(faults, [aStall({ at: 1_700, ms: 299 }), late])).toEqual(['failed', '1.3 s', '-300 ms']);
    expect(opens(faults, [aStall({ at: 600, ms: 350 }), late])).toEqual(['failed', '1.3 s', '-300 ms']);
    expect(opens(faults, [aStall({ at: 1_700, ms: 300, cpuMs: 290 }), late])).toEqual(['failed', '1.3 s', '-300 ms']);
  });

  it('is inconclusive without a fault, and where the clocks are less sure than the margin', () => {
    expect(opens([], [aMove('open', { at: 100 })])).toEqual(['inconclusive', 'no fault', null]);
    expect(opens([faultSet('a/1', link, 0)], [aMove('open', { at: 999 })], 4)).toEqual([
      'inconclusive',
      '999 ms',
      null,
    ]);
    expect(opens([faultSet('a/1', link, 0)], [aMove('open', { at: 997 })], 4)).toEqual(['passed', '997 ms', '+3 ms']);
  });
});

describe('callsWhileOpen', () => {
  const open = [aMove('open', { at: 100, generation: 1 }), aMove('wait', { at: 200, generation: 2 })];
  const leaks = (called: readonly Draft[], arrived: readonly Draft[] = [], limit = 0) => {
    const order = [...open, ...called].toSorted((a, b) => a.at - b.at);
    const { standing, observed } = checkCallsWhileOpen(
      foldRun([...from('order/1', order), ...from('payment/1', arrived)]),
      link,
      { limit, judged },
    );
    return [standing, observed];
  };

  it('holds where all calls were refused', () => {
    expect(leaks([aCall({ at: 150, generation: 1, admitted: false, outcome: 'rejected' })])).toEqual([
      'passed',
      '0 calls: 0 admitted and 0 arrived in 1 open state, 0 of them already sent before',
    ]);
  });

  it('counts what the caller admitted, by generation or by state, once per attempt', () => {
    const called = [aCall({ at: 150, attempt: 'x', generation: 1 }), aCall({ at: 160, attempt: 'y', state: 'open' })];

    expect(leaks(called, [anArrival({ at: 149, attempt: 'x', generation: 1 })])).toEqual([
      'failed',
      '2 calls: 2 admitted and 1 arrived in 1 open state, 0 of them already sent before',
    ]);
  });

  it('counts an arrival that carries an open generation, even if it comes later', () => {
    expect(leaks([], [anArrival({ at: 300, generation: 1 })])).toEqual([
      'failed',
      '1 call: 0 admitted and 0 arrived in 1 open state, 0 of them already sent before',
    ]);
  });

  it('counts an arrival that no caller admits to', () => {
    expect(leaks([], [anArrival({ at: 150, generation: 0 })])).toEqual([
      'failed',
      '1 call: 0 admitted and 1 arrived in 1 open state, 0 of them already sent before',
    ]);
  });

  it('does not count what was on its way when the breaker opened', () => {
    const slow = aCall({ at: 180, attempt: 'slow', start: 90 });

    expect(leaks([slow], [anArrival({ at: 110, attempt: 'slow' })])).toEqual([
      'passed',
      '0 calls: 0 admitted and 1 arrived in 1 open state, 1 of them already sent before',
    ]);
  });

  it('does not count the probe', () => {
    const probe = aCall({ at: 210, attempt: 'p', start: 201, generation: 2, state: 'halfOpen' });

    expect(leaks([probe], [anArrival({ at: 205, attempt: 'p', generation: 2 })])).toEqual([
      'passed',
      '0 calls: 0 admitted and 0 arrived in 1 open state, 0 of them already sent before',
    ]);
  });

  it('allows as many as the limit', () => {
    expect(leaks([aCall({ at: 150, generation: 1 })], [], 1)).toEqual([
      'passed',
      '1 call: 1 admitted and 0 arrived in 1 open state, 0 of them already sent before',
    ]);
  });

  it('is inconclusive where the breaker never opened, or not in the judged time', () => {
    const nothing = { standing: 'inconclusive', reason: 'the breaker never opened, so nothing was seen' };
    const opened = foldRun(from('order/1', open));

    expect(checkCallsWhileOpen(foldRun([]), link, { limit: 0, judged })).toMatchObject(nothing);
    expect(checkCallsWhileOpen(opened, link, { limit: 0, judged: { from: 200, to: 900 } })).toMatchObject(nothing);
  });

  it('fails where a call was admitted by a breaker that had opened before the record began', () => {
    const record = foldRun(from('order/1', [aCall({ at: 50, state: 'open' })]));

    expect(checkCallsWhileOpen(record, link, { limit: 0, judged }).standing).toBe('failed');
  });
});
