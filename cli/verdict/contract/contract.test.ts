import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../services/contract/policy.ts';
import { foldRun } from '../../metrics/fold.ts';
import { aCall, aMove, anArrival, aStall, type Draft, from } from '../testing/events.ts';
import { type Layers, violationsOf } from './check.ts';
import { historyOf } from './history.ts';

const policy: Policy = { timeoutMs: 500, breaker: { rule: 'consecutive', failureThreshold: 3, openForMs: 2_000 } };

function violations(caller: readonly Draft[], callee: readonly Draft[] = [], layers: Layers = {}, until = 60_000) {
  const end: Draft = { type: 'run.ended', at: until, reason: 'completed' };
  const record = foldRun([
    ...from(
      'order/1',
      caller.toSorted((a, b) => a.at - b.at),
    ),
    ...from('payment/1', callee),
    ...from('runner', [end]),
  ]);
  return violationsOf(historyOf(record, 'order->payment', policy), layers);
}

const properties = (...told: Parameters<typeof violations>): readonly string[] =>
  violations(...told).map(({ property }) => property);

const opening = aMove('open', { at: 1_000, generation: 1, streak: 3, error: 'refused' });
const waiting = aMove('wait', { at: 3_000, generation: 2 });
const closing = aMove('close', { at: 3_010, generation: 3 });
const probe = aCall({ at: 3_010, start: 3_001, end: 3_010, attempt: 'probe', generation: 2, state: 'halfOpen' });
const legal = [opening, waiting, probe, closing];

/** An opening that does not say what it was for. */
function silent(at: number): Draft {
  const { error: _, ...move } = { error: '', ...aMove('open', { at, generation: 1, streak: 3 }) };
  return move;
}

describe('a breaker that does what it may', () => {
  it('violates nothing, with its probe, its refusals and a delayed arrival', () => {
    const early = aCall({ at: 1_200, start: 990, end: 1_200, attempt: 'early', generation: 0 });
    const refused = aCall({
      at: 1_500,
      start: 1_500,
      end: 1_500,
      attempt: 'no',
      generation: 1,
      state: 'open',
      admitted: false,
      outcome: 'rejected',
    });
    const callee = [
      // Sent before the opening, arrived after it.
      anArrival({ at: 1_100, attempt: 'early', generation: 0 }),
      anArrival({ at: 3_005, attempt: 'probe', generation: 2 }),
    ];

    expect(violations([...legal, early, refused], callee)).toEqual([]);
  });

  it('may close by hand, and may wait half-open as long as nobody asks', () => {
    const byHand: Draft = {
      ...aMove('open', { at: 0 }),
      at: 9_000,
      from: 'halfOpen',
      to: 'closed',
      cause: 'manual',
      streak: 0,
      generation: 3,
    } as Draft;

    expect(violations([opening, waiting, byHand])).toEqual([]);
  });
});

describe('B14: a transition', () => {
  it.each<[string, Draft[]]>([
    ['that leaps', [aMove('wait', { at: 500, generation: 1, from: 'closed', to: 'halfOpen', cause: 'wait-over' })]],
    ['for another cause', [aMove('open', { at: 500, generation: 1, cause: 'probe-failed', error: 'x' })]],
    ['from where it was not', [opening, aMove('reopen', { at: 1_500, generation: 2, error: 'x' })]],
    ['that skips a generation', [opening, aMove('wait', { at: 3_000, generation: 3 })]],
    ['by hand to anything but closed', [aMove('open', { at: 500, generation: 1, cause: 'manual' })]],
  ])('%s is told with what led to it', (_, moves) => {
    const [first] = violations(moves);

    expect(first?.property).toBe('B14');
    expect(first?.events).toHaveLength(moves.length);
  });

  it('that gives no error for its opening breaks B18', () => {
    expect(properties([silent(1_000)])).toEqual(['B18']);
  });
});

describe('B2: an arrival', () => {
  it('that nobody admitted is a leak, also in a closed breaker', () => {
    expect(violations([], [anArrival({ at: 500, attempt: 'ghost' })])).toMatchObject([
      { property: 'B2', message: 'ghost arrived, and the caller tells of no such call at 0.500s' },
    ]);
  });

  it('whose call may still be under way at the end of the record is none', () => {
    expect(violations([], [anArrival({ at: 500, attempt: 'late' })], {}, 700)).toEqual([]);
  });

  it('of a call that the breaker refused is a leak', () => {
    const refused = aCall({
      at: 1_500,
      attempt: 'no',
      generation: 1,
      state: 'open',
      admitted: false,
      outcome: 'rejected',
    });

    expect(violations([opening, refused], [anArrival({ at: 1_501, attempt: 'no', generation: 1 })])).toMatchObject([
      { property: 'B2', message: 'no arrived, although the breaker refused it at 1.501s' },
    ]);
  });

  it('of a call that was admitted while open is a leak', () => {
    const leaked = aCall({ at: 1_500, attempt: 'leak', generation: 1, state: 'open' });

    expect(violations([opening, leaked], [anArrival({ at: 1_501, attempt: 'leak', generation: 1 })])).toMatchObject([
      { property: 'B2', message: 'leak arrived, admitted while the breaker was open at 1.501s' },
    ]);
  });

  it('that carries another generation than its call is told', () => {
    const call = aCall({ at: 500, attempt: 'a', generation: 0 });

    expect(properties([call], [anArrival({ at: 499, attempt: 'a', generation: 4 })])).toEqual(['B2']);
  });
});

describe('an attempt', () => {
  it.each<[string, Parameters<typeof aCall>[0]]>([
    ['B12', { at: 500, outcome: 'failure', failure: 'status', status: 402 }],
    ['B12', { at: 500, outcome: 'success', status: 500 }],
    ['B13', { at: 500, start: 100, end: 500, outcome: 'failure', failure: 'timeout' }],
    ['B13', { at: 5_000, start: 100, end: 5_000 }],
  ])('breaks %s: %o', (property, call) => {
    expect(properties([aCall(call)])).toEqual([property]);
  });

  it.each<[string, Parameters<typeof aCall>[0]]>([
    ['a business answer that is a success', { at: 500, outcome: 'success', status: 402 }],
    ['a dependency behind the callee', { at: 500, outcome: 'success', status: 503 }],
    ['a timeout at its time', { at: 500, start: 0, end: 500, outcome: 'failure', failure: 'timeout' }],
    ['a timer a millisecond early', { at: 499, start: 0, end: 499, outcome: 'failure', failure: 'timeout' }],
    ['a timer a little late', { at: 600, start: 0, end: 600, outcome: 'failure', failure: 'timeout' }],
  ])('may be %s', (_, call) => {
    expect(properties([aCall(call)])).toEqual([]);
  });

  it.each([
    ['keeps', 500, 950],
    ['breaks', 300, 950],
    ['breaks', 500, 1_550],
  ])('%s its timeout where its caller stood still for %d ms up to %d', (word, ms, at) => {
    const call = aCall({ at: 1_000, start: 0, end: 1_000, outcome: 'failure', failure: 'timeout' });

    expect(properties([aStall({ at, ms }), call])).toEqual(word === 'keeps' ? [] : ['B13']);
  });
});

describe('half-open', () => {
  it('ends with its probe, not before it', () => {
    const early = aMove('close', { at: 3_005, generation: 3 });

    expect(violations([opening, waiting, probe, early])).toMatchObject([
      { property: 'B15', message: 'left half-open at 3.005s, before its probe ended at 3.010s' },
    ]);
  });

  it('does not outlive a probe that hangs', () => {
    const hung = { ...probe, at: 9_000, end: 9_000, outcome: 'failure' as const, failure: 'timeout' as const };

    expect(
      properties([opening, waiting, hung, aMove('reopen', { at: 9_000, generation: 3, error: 'timeout' })]),
    ).toContain('B16');
  });
});

describe('B3: overshoot', () => {
  const underWay = [1, 2, 3].map((n) => aCall({ at: 1_100 + n, start: 900, end: 1_100 + n, attempt: `u${n}` }));

  it('is held to the bulkhead, where one is declared', () => {
    expect(properties([opening, ...underWay])).toEqual([]);
    expect(properties([opening, ...underWay], [], { mostInFlight: 3 })).toEqual([]);
    expect(violations([opening, ...underWay], [], { mostInFlight: 2 })).toMatchObject([
      { property: 'B3', message: '3 calls under way at the opening at 1.000s, more than 2' },
    ]);
  });
});

describe('B17: retries', () => {
  const attempt = (at: number, rest = {}) => aCall({ at, attempt: `r${at}`, key: 'k1', ...rest });
  const budget = { mostAttempts: 3, share: 1 };

  it('are held to their number and their budget, where they are declared', () => {
    const three = [attempt(100), attempt(200), attempt(300)];

    expect(properties(three)).toEqual([]);
    expect(properties(three, [], { retries: { ...budget, share: 2 } })).toEqual([]);
    expect(properties(three, [], { retries: budget })).toEqual(['B17']);
    expect(properties([...three, attempt(400)], [], { retries: { ...budget, share: 9 } })).toEqual(['B17']);
  });

  it('do not ask a breaker again that has just refused', () => {
    const refused = attempt(100, { admitted: false, outcome: 'rejected', state: 'open' });

    expect(violations([refused, attempt(200)], [], { retries: { mostAttempts: 3, share: 9 } })).toMatchObject([
      { property: 'B17', message: expect.stringContaining('after its breaker had refused it') },
    ]);
  });
});

it('are told by when they happened, of each property the first', () => {
  const told = properties(
    [
      aCall({ at: 500, outcome: 'failure', failure: 'status', status: 402 }),
      aCall({ at: 600, attempt: 'b', outcome: 'failure', failure: 'status', status: 404 }),
      silent(400),
    ],
    [anArrival({ at: 550, attempt: 'ghost' })],
  );

  expect(told).toEqual(['B18', 'B12', 'B2']);
});
