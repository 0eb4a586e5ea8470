import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Policy } from '../contract/policy.ts';
import { type Admission, createBreaker, type Transition, type Verdict } from './breaker.ts';

const aPolicy = (overrides: Partial<NonNullable<Policy['breaker']>> = {}): Policy => ({
  timeoutMs: 1_000,
  breaker: { rule: 'consecutive', failureThreshold: 3, openForMs: 10_000, ...overrides },
});

function aBreaker(policy: Policy = aPolicy()) {
  vi.useFakeTimers();
  const transitions: Transition[] = [];
  const breaker = createBreaker({ policy, now: () => Date.now(), onTransition: (each) => transitions.push(each) });
  const run = async (...verdicts: readonly Verdict[]): Promise<void> => {
    for (const verdict of verdicts) await breaker.ask().settle(verdict, 'refused');
  };
  return { breaker, transitions, run, path: () => transitions.map(({ cause }) => cause) };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('breaker', () => {
  it('opens at the third failure in a row and says why', async () => {
    const { breaker, transitions, run } = aBreaker();
    await run('failure', 'failure');
    expect(breaker.state()).toBe('closed');
    expect(breaker.streak()).toBe(2);
    await run('failure');
    expect(transitions).toEqual([
      { from: 'closed', to: 'open', cause: 'threshold', streak: 3, generation: 1, error: 'refused' },
    ]);
  });

  it('does not open when a success stands between the failures', async () => {
    const { transitions, run } = aBreaker();
    await run('failure', 'success', 'failure', 'failure');
    expect(transitions).toEqual([]);
  });

  it('counts in order of completion, not of sending', async () => {
    const { breaker, run } = aBreaker();
    const first = breaker.ask();
    await run('failure', 'failure');
    await first.settle('success');
    await run('failure');
    expect(breaker.state()).toBe('closed');
    const [a, b] = [breaker.ask(), breaker.ask()];
    await Promise.all([b.settle('failure'), a.settle('failure')]);
    expect(breaker.state()).toBe('open');
  });

  it('keeps the order of verdicts that are told in one turn of the loop', async () => {
    const { breaker } = aBreaker();
    const calls = [breaker.ask(), breaker.ask(), breaker.ask(), breaker.ask()];
    const verdicts = ['failure', 'failure', 'success', 'failure'] as const;
    await Promise.all(calls.map((call, index) => call.settle(verdicts[index] ?? 'success')));
    expect(breaker.state()).toBe('closed');
    expect(breaker.streak()).toBe(1);
  });

  it('stays open for exactly openForMs', async () => {
    const { breaker, run } = aBreaker();
    await run('failure', 'failure', 'failure');
    expect(breaker.waitMs()).toBe(10_000);
    await vi.advanceTimersByTimeAsync(9_999);
    expect(breaker.ask()).toMatchObject({ admitted: false, state: 'open', generation: 1 });
    await vi.advanceTimersByTimeAsync(1);
    expect(breaker.state()).toBe('halfOpen');
    expect(breaker.generation()).toBe(2);
  });

  it('lets exactly one of fifty concurrent calls probe', async () => {
    const { breaker, run, path } = aBreaker();
    await run('failure', 'failure', 'failure');
    await vi.advanceTimersByTimeAsync(10_000);
    const asked = Array.from({ length: 50 }, () => breaker.ask());
    const admitted = asked.filter((admission) => admission.admitted);
    expect(admitted).toHaveLength(1);
    expect(asked.every(({ state }) => state === 'halfOpen')).toBe(true);
    await admitted[0]?.settle('success');
    expect(path()).toEqual(['threshold', 'wait-over', 'probe-succeeded']);
    expect(breaker.streak()).toBe(0);
  });

  it('opens again for a full wait when the probe fails', async () => {
    const { breaker, run, transitions } = aBreaker();
    await run('failure', 'failure', 'failure');
    await vi.advanceTimersByTimeAsync(10_700);
    await run('failure');
    expect(transitions.at(-1)).toMatchObject({ from: 'halfOpen', to: 'open', cause: 'probe-failed', generation: 3 });
    await vi.advanceTimersByTimeAsync(9_999);
    expect(breaker.state()).toBe('open');
    await vi.advanceTimersByTimeAsync(1);
    expect(breaker.state()).toBe('halfOpen');
  });

  it('re-opens when the probe never ends', async () => {
    const { breaker, run, path } = aBreaker();
    await run('failure', 'failure', 'failure');
    await vi.advanceTimersByTimeAsync(10_000);
    breaker.ask();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(path()).toEqual(['threshold', 'wait-over', 'probe-failed']);
  });

  it.each(['success', 'failure'] as const)('takes no notice of a %s from before the opening', async (verdict) => {
    const { breaker, run, transitions } = aBreaker({ ...aPolicy(), timeoutMs: 9_999 });
    const stale = breaker.ask();
    await run('failure', 'failure', 'failure');
    await vi.advanceTimersByTimeAsync(10_000);
    await stale.settle(verdict);
    await vi.advanceTimersByTimeAsync(0);
    expect(breaker.state()).toBe('halfOpen');
    expect(breaker.ask().admitted).toBe(true);
    expect(transitions).toHaveLength(2);
  });

  it('takes no notice of what ends after another policy was adopted', async () => {
    const { breaker, run, transitions } = aBreaker();
    const stale = [breaker.ask(), breaker.ask(), breaker.ask()];
    await run('failure');
    breaker.adopt(aPolicy({ failureThreshold: 1 }));
    for (const admission of stale) await admission.settle('failure');
    expect(transitions).toEqual([]);
    expect(breaker.streak()).toBe(0);
  });

  it('closes by hand only where it was not closed, and counts on', async () => {
    const { breaker, run, transitions } = aBreaker();
    breaker.adopt(aPolicy());
    expect(transitions).toEqual([]);
    await run('failure', 'failure', 'failure');
    breaker.adopt(aPolicy());
    expect(transitions.at(-1)).toEqual({ from: 'open', to: 'closed', cause: 'manual', streak: 3, generation: 2 });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(breaker.state()).toBe('closed');
    await run('failure', 'failure', 'failure');
    expect(transitions.at(-1)).toMatchObject({ cause: 'threshold', generation: 3 });
  });

  it('counts a cancelled call as nothing', async () => {
    const { breaker, run } = aBreaker();
    await run('failure', 'failure', 'cancelled');
    expect(breaker.streak()).toBe(2);
    await run('failure');
    expect(breaker.state()).toBe('open');
  });

  it('admits everything without a breaker policy', async () => {
    const { breaker, run, transitions } = aBreaker({ timeoutMs: 1_000, breaker: null });
    await run(...Array.from({ length: 10 }, () => 'failure' as const));
    expect(breaker.ask()).toMatchObject({ admitted: true, state: 'closed', generation: 0 });
    expect(transitions).toEqual([]);
  });

  it('agrees with a model of the rule on any history', async () => {
    const operation = fc.oneof(
      fc.constant({ do: 'ask' } as const),
      fc.record({
        do: fc.constant('settle' as const),
        which: fc.nat(7),
        verdict: fc.constantFrom<Verdict>('success', 'failure', 'cancelled'),
      }),
      fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, 250, 499, 500, 1_000, 1_999, 2_000) }),
      fc.constant({ do: 'adopt' } as const),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 60 }), async (operations) => {
        const policy = { ...aPolicy({ openForMs: 2_000 }), timeoutMs: 500 };
        const { breaker, transitions, path } = aBreaker(policy);
        const model = aModel();
        let calls: { admission: Admission; id: number }[] = [];
        for (const step of operations) {
          if (step.do === 'ask') {
            const admission = breaker.ask();
            const id = model.ask();
            expect(admission.admitted).toBe(id !== undefined);
            if (id !== undefined) calls.push({ admission, id });
          } else if (step.do === 'settle') {
            const call = calls[step.which % Math.max(1, calls.length)];
            if (call === undefined) continue;
            calls = calls.filter((other) => other !== call);
            const settled = call.admission.settle(step.verdict);
            model.settle(call.id, step.verdict);
            await vi.advanceTimersByTimeAsync(0);
            await settled;
          } else if (step.do === 'wait') {
            // In small steps, so that the model's clock and the timers meet in the same order.
            for (let gone = 0; gone < step.ms; gone += 1) model.tick();
            await vi.advanceTimersByTimeAsync(step.ms);
          } else {
            breaker.adopt(policy);
            model.adopt();
            calls = [];
          }
          expect({ state: breaker.state(), streak: breaker.streak(), path: path() }).toEqual(model.view());
        }
        expect(transitions.map(({ generation }) => generation)).toEqual(transitions.map((_, index) => index + 1));
        breaker.stop();
        vi.clearAllTimers();
      }),
      { numRuns: 300 },
    );
  });
});

/** The rule in plain words, knowing nothing of opossum: timeout 500, backstop 1,250, threshold 3, wait 2,000 ms. */
function aModel() {
  const backstop = 500 + 750;
  let state: 'closed' | 'open' | 'halfOpen' = 'closed';
  let streak = 0;
  let now = 0;
  let openedAt = 0;
  let probe: number | undefined;
  let next = 0;
  const live = new Map<number, number>();
  const path: string[] = [];
  const open = (cause: string): void => {
    state = 'open';
    openedAt = now;
    probe = undefined;
    path.push(cause);
  };
  const count = (id: number, verdict: Verdict): void => {
    if (!live.has(id)) return;
    if (state === 'halfOpen' && id === probe && verdict === 'cancelled') return;
    live.delete(id);
    if (state === 'open' || verdict === 'cancelled') return;
    if (state === 'halfOpen') {
      if (id !== probe) return;
      if (verdict === 'failure') {
        streak += 1;
        open('probe-failed');
      } else {
        state = 'closed';
        streak = 0;
        probe = undefined;
        path.push('probe-succeeded');
      }
      return;
    }
    streak = verdict === 'success' ? 0 : streak + 1;
    if (streak >= 3) open('threshold');
  };
  return {
    ask: (): number | undefined => {
      if (state === 'open' || (state === 'halfOpen' && probe !== undefined)) return undefined;
      next += 1;
      if (state === 'halfOpen') probe = next;
      live.set(next, now + backstop);
      return next;
    },
    settle: count,
    tick: (): void => {
      now += 1;
      for (const [id, due] of [...live]) if (due === now) count(id, 'failure');
      if (state === 'open' && now - openedAt === 2_000) {
        state = 'halfOpen';
        path.push('wait-over');
      }
    },
    adopt: (): void => {
      if (state !== 'closed') path.push('manual');
      state = 'closed';
      streak = 0;
      probe = undefined;
      live.clear();
    },
    view: () => ({ state, streak, path: [...path] }),
  };
}
