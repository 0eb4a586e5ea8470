import { describe, expect, it } from 'vitest';
import { foldRun } from '../metrics/fold.ts';
import type { Judgement } from './judgement.ts';
import { doubtedByStarvation } from './starved-opening.ts';
import { aCall, aMove, aStall, type Draft, from } from './testing/events.ts';

const link = 'order->inventory';
const failed = (id: string, kind: Judgement['kind'] = 'breaker'): Judgement => ({
  ...{ id, kind, title: id, standing: 'failed', expected: '', observed: '', margin: null },
});
const path = failed(`breaker/${link}/path`);

interface Told {
  readonly stall?: Partial<Parameters<typeof aStall>[0]>;
  readonly failure?: 'timeout' | 'status';
  readonly fault?: { readonly target: string; readonly from: number; readonly to: number };
  readonly judgements?: readonly Judgement[];
}

/** Three calls of a second each, all failed at 6 s, which open the breaker. */
function doubted({ stall = {}, failure = 'timeout', fault, judgements = [path] }: Told): readonly string[] {
  const call = { at: 6_000, start: 5_000, end: 6_000, link, outcome: 'failure', failure } as const;
  const set = { type: 'fault.set', fault: 'a/1', kind: 'down', dose: 'down', ttlMs: 1, by: 'plan' } as const;
  const faults: readonly Draft[] =
    fault === undefined
      ? []
      : [
          { ...set, at: fault.from, target: fault.target },
          { type: 'fault.cleared', at: fault.to, fault: 'a/1', reason: 'plan' },
        ];
  const record = foldRun([
    ...from('runner', faults),
    ...from('inventory/1', [aStall({ at: 5_500, ms: 800, ...stall })]),
    ...from('order/1', [
      ...['a', 'b', 'c'].map((attempt) => aCall({ ...call, attempt })),
      aMove('open', { at: 6_000, link, streak: 3 }),
    ]),
  ]);
  return doubtedByStarvation(judgements, record).map(({ standing, reason }) => `${standing} ${reason ?? ''}`.trim());
}

describe('an opening by calls that timed out while a service had no processor', () => {
  it('makes what it breaks inconclusive', () => {
    expect(doubted({})).toEqual([
      'inconclusive order->inventory opened at 6.000s by calls that timed out while the machine gave no processor to inventory for 800 ms',
    ]);
  });

  it('excuses no breach of the contract, and nothing that holds', () => {
    const judgements = [
      failed(`breaker/${link}/contract`),
      failed(`breaker/${link}/openFor`),
      failed('contract', 'contract'),
      { ...path, standing: 'passed' as const },
      failed('threshold/1', 'threshold'),
      failed('recovery', 'recovery'),
    ];

    expect(doubted({ judgements }).map((told) => told.split(' ')[0])).toEqual([
      'failed',
      'failed',
      'failed',
      'passed',
      'inconclusive',
      'inconclusive',
    ]);
  });

  it.each<[string, Told]>([
    ['the service was busy with itself', { stall: { cpuMs: 700 } }],
    ['it stood still before the calls', { stall: { at: 4_900 } }],
    ['the calls failed by an answer', { failure: 'status' }],
    ['a fault was on the link', { fault: { target: link, from: 4_000, to: 7_000 } }],
    ['a fault was in the callee', { fault: { target: 'inventory', from: 4_000, to: 7_000 } }],
    ['a fault was behind the callee', { fault: { target: 'inventory->db', from: 4_000, to: 5_100 } }],
  ])('stays failed where %s', (_, told) => {
    expect(doubted(told)).toEqual(['failed']);
  });

  it.each<[string, NonNullable<Told['fault']>]>([
    ['a fault was elsewhere', { target: 'order->payment', from: 4_000, to: 7_000 }],
    ['a fault was over before the calls', { target: link, from: 1_000, to: 4_900 }],
  ])('is inconclusive although %s', (_, fault) => {
    expect(doubted({ fault })[0]).toMatch(/^inconclusive /);
  });
});
