import { describe, expect, it } from 'vitest';
import type { EventOf } from '../../services/contract/events.ts';
import { foldRun } from '../metrics/fold.ts';
import { aScenario } from '../scenario/testing/a-scenario.ts';
import { doseOf } from './dose.ts';
import { aCall, aRequest, type Draft, from } from './testing/events.ts';

type Shape = Partial<Pick<EventOf<'call'>, 'outcome' | 'failure' | 'status' | 'link' | 'admitted'>> & {
  readonly ms?: number;
};

// 100 usual calls of 1 to 5 ms before 1 s, then one call per entry of `met` while the fault is set, from 1 s to 2 s.
function dose(
  written: string,
  met: readonly Shape[],
  {
    hits = 0,
    set = true,
    usual = {},
    underWay = [],
  }: { hits?: number; set?: boolean; usual?: Shape; underWay?: readonly Shape[] } = {},
) {
  const { scenario } = aScenario({ phases: `[{ name: outage, for: 1s, faults: [${written}] }]`, expect: '{}' });
  const spec = scenario.phases[0]?.faults[0];
  if (spec === undefined) throw new Error('no fault');
  const target = 'link' in spec ? spec.link : spec.service;
  const span: Draft[] = [
    { type: 'fault.set', at: 1_000, fault: 'outage/1', kind: spec.type, target, dose: '', ttlMs: 1, by: 'plan' },
    { type: 'fault.cleared', at: 2_000, fault: 'outage/1', reason: 'plan' },
  ];
  const call = (start: number, { ms = 3, ...rest }: Shape) =>
    aCall({ at: start + ms, start, end: start + ms, attempt: `${start}`, ...rest });
  const calls = [
    ...Array.from({ length: 100 }, (_, index) => call(index * 9, { ms: 1 + (index % 5), ...usual })),
    ...underWay.map((shape) => call(998, { ms: 5, ...shape })),
    ...met.map((shape, index) => call(1_000 + index * 5, shape)),
  ];
  const hit = Array.from(
    { length: hits },
    (_, index): Draft => ({ type: 'fault.observed', at: 1_000 + index, fault: 'outage/1', operation: 'POST /charges' }),
  );
  const record = foldRun([
    ...from('runner', set ? span : []),
    ...from(
      'order/1',
      calls.toSorted((a, b) => a.at - b.at),
    ),
    ...from('payment/1', hit),
  ]);
  const { standing, attempts, hit: seen, reason } = doseOf(record, 'outage/1', spec);
  return [standing, `${seen}/${attempts}`, ...(reason === undefined ? [] : [reason])];
}

const times = (count: number, shape: Shape): Shape[] => Array.from({ length: count }, () => shape);
const down = '{ type: down, link: order->payment }';
const refused: Shape = { outcome: 'failure', failure: 'refused' };
const status = (code: number): Shape => ({ outcome: code < 500 ? 'success' : 'failure', status: code });

describe('a fault that cuts the line', () => {
  it.each(['down', 'resetPeer', 'timeout'])('%s shows itself in transport failures', (type) => {
    expect(dose(`{ type: ${type}, link: order->payment }`, [refused, refused, {}])).toEqual(['passed', '2/3']);
  });

  it('was not there if nobody met it', () => {
    expect(dose(down, [])).toEqual(['inconclusive', '0/0', 'no attempt met it']);
    expect(dose(down, [{ ...refused, link: 'order->user' }])[2]).toBe('no attempt met it');
    expect(dose(down, [{ admitted: false, outcome: 'rejected' }])[2]).toBe('no attempt met it');
  });

  it('is met by the calls that it finds under way, where their breaker let none begin any more', () => {
    expect(dose(down, [], { underWay: times(3, refused) })).toEqual(['passed', '3/3']);
    expect(dose(down, [], { underWay: times(3, {}) })[2]).toBe('none of 3 attempts shows it');
    expect(dose(down, [], { underWay: [{ ...refused, ms: 1 }] })[2]).toBe('no attempt met it');
    expect(dose(down, times(2, refused), { underWay: [{}] })).toEqual(['passed', '2/2']);
  });

  it('was not there if nothing came of it', () => {
    expect(dose(down, times(5, {}))).toEqual(['inconclusive', '0/5', 'none of 5 attempts shows it']);
  });

  it('was not there if calls fail as often without it', () => {
    expect(dose(down, times(3, refused), { usual: refused })[2]).toBe(
      'attempts show it no more often (100 %) than without it (100 %)',
    );
  });

  it('was not there if the record does not know it', () => {
    expect(dose(down, times(3, refused), { set: false })).toEqual(['inconclusive', '0/0', 'it was never set']);
  });
});

describe('a fault that slows', () => {
  it('latency shows itself in half of its dose over the usual median, or in timeouts', () => {
    const latency = '{ type: latency, link: order->payment, latency: 100ms }';

    expect(dose(latency, [{ ms: 52 }, { ms: 53 }, { outcome: 'failure', failure: 'timeout', ms: 10 }])).toEqual([
      'passed',
      '2/3',
    ]);
    expect(dose(latency, times(3, { ms: 20 }))).toEqual(['inconclusive', '0/3', 'none of 3 attempts shows it']);
  });

  it('httpDelay in addition needs its failpoint to have fired', () => {
    const delay = '{ type: httpDelay, service: payment, delay: 100ms }';

    expect(dose(delay, times(3, { ms: 103 }), { hits: 3 })).toEqual(['passed', '3/3']);
    expect(dose(delay, times(3, { ms: 103 }))).toEqual(['inconclusive', '3/3', 'the failpoint never fired']);
  });

  it.each(['bandwidth, rate: 10KB/s', 'slicer, averageSize: 10', 'slowClose, delay: 1s'])(
    '%s lifts half of the calls above the usual p95',
    (type) => {
      const written = `{ type: ${type}, link: order->payment }`;

      expect(dose(written, [{ ms: 6 }, { ms: 6 }, { ms: 2 }])).toEqual(['passed', '2/3']);
      expect(dose(written, [{ ms: 6 }, { ms: 2 }, { ms: 2 }])).toEqual([
        'inconclusive',
        '1/3',
        'only 33.33 % of the attempts show it',
      ]);
    },
  );
});

describe('a fault in the service', () => {
  const error = '{ type: httpError, service: payment, status: 503 }';

  it('httpError shows itself in its status at the caller', () => {
    expect(dose(error, [status(503), status(503)], { hits: 2 })).toEqual(['passed', '2/2']);
    expect(dose(error, [status(500), status(500)], { hits: 2 })[2]).toBe('none of 2 attempts shows it');
    expect(dose(error, [status(503)])[2]).toBe('the failpoint never fired');
  });

  it('decline shows itself in 402', () => {
    expect(dose('{ type: decline, service: payment }', [status(402)], { hits: 1 })).toEqual(['passed', '1/1']);
  });

  it('is met on every link into the service', () => {
    expect(
      dose(
        '{ type: httpError, service: user, status: 500 }',
        [
          { ...status(500), link: 'gateway->user' },
          { ...status(500), link: 'order->user' },
        ],
        { hits: 2 },
      ),
    ).toEqual(['passed', '2/2']);
  });

  it('is short of its probability if less than half of it is seen, once that cannot be chance', () => {
    const rare = [...times(5, status(503)), ...times(35, {})];

    expect(dose(error, rare, { hits: 5 })[2]).toBe('12.5 % of the attempts show it, where 100 % should');
    expect(dose('{ type: httpError, service: payment, status: 503, probability: 0.3 }', rare, { hits: 5 })[0]).toBe(
      'passed',
    );
  });
});

describe('a delay', () => {
  it('is not vouched for by one attempt that something else has slowed', () => {
    expect(dose('{ type: latency, link: order->payment, latency: 200ms }', [...times(9, {}), { ms: 300 }])).toEqual([
      'inconclusive',
      '1/10',
      'only 10 % of the attempts show it',
    ]);
  });
});

describe('a fault in the gateway', () => {
  // 100 usual requests of 5 ms, then one a 10 ms while the fault is set, from 1 s to 2 s.
  function gatewayDose(written: string, met: readonly { ms?: number; status?: number | null }[], hits: number) {
    const { scenario } = aScenario({ phases: `[{ name: outage, for: 1s, faults: [${written}] }]`, expect: '{}' });
    const spec = scenario.phases[0]?.faults[0];
    if (spec === undefined) throw new Error('no fault');
    const request = (dueAt: number, { ms = 5, status = 201 }: { ms?: number; status?: number | null } = {}) =>
      aRequest({ dueAt, doneAt: dueAt + ms, status, ...(status === null ? { error: 'reset' } : {}) });
    const usual = Array.from({ length: 100 }, (_, index) => request(index * 9));
    const met10 = met.map((shape, index) => request(1_000 + index * 10, shape));
    const record = foldRun([
      ...from('runner', [
        {
          type: 'fault.set',
          at: 1_000,
          fault: 'outage/1',
          kind: spec.type,
          target: 'gateway',
          dose: '',
          ttlMs: 1,
          by: 'plan',
        },
        { type: 'fault.cleared', at: 2_000, fault: 'outage/1', reason: 'plan' },
        ...[...usual, ...met10].toSorted((a, b) => a.at - b.at),
      ]),
      ...from(
        'gateway/1',
        Array.from(
          { length: hits },
          (_, index): Draft => ({
            type: 'fault.observed',
            at: 1_000 + index,
            fault: 'outage/1',
            operation: 'POST /api/orders',
          }),
        ),
      ),
    ]);
    const { standing, attempts, hit, reason } = doseOf(record, 'outage/1', spec);
    return [standing, `${hit}/${attempts}`, ...(reason === undefined ? [] : [reason])];
  }

  it('is seen by the customers themselves', () => {
    const slow = '{ type: httpDelay, service: gateway, delay: 200ms }';

    expect(gatewayDose(slow, [{ ms: 206 }, { ms: 206 }, { ms: 30 }], 3)).toEqual(['passed', '2/3']);
    expect(gatewayDose(slow, [{}, {}], 2)).toEqual(['inconclusive', '0/2', 'none of 2 attempts shows it']);
    expect(
      gatewayDose('{ type: httpError, service: gateway, status: 503 }', [{ status: 503 }, { status: null }], 1),
    ).toEqual(['passed', '1/2']);
  });
});

describe('a fault that is counted', () => {
  const counted = '{ type: httpError, service: payment, status: 500, skipFirst: 2, failCount: 3 }';

  it('hits so many and no more', () => {
    expect(dose(counted, [{}, {}, ...times(3, status(500)), ...times(40, {})], { hits: 3 })).toEqual([
      'passed',
      '3/45',
    ]);
  });

  it('fell short where it hit fewer, although there were enough requests', () => {
    expect(dose(counted, [{}, {}, ...times(2, status(500)), {}], { hits: 2 })).toEqual([
      'inconclusive',
      '2/5',
      'it hit 2 requests of the 3 that it should',
    ]);
  });
});
