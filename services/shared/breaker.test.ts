import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ConsecutivePolicy, Policy, RatePolicy } from '../contract/policy.ts';
import { createBreaker, type Transition, type Verdict } from './breaker.ts';

const aPolicy = (overrides: Partial<ConsecutivePolicy> = {}): Policy => ({
  timeoutMs: 1_000,
  breaker: { rule: 'consecutive', failureThreshold: 3, openForMs: 10_000, ...overrides },
});

function aBreaker(policy: Policy = aPolicy()) {
  vi.useFakeTimers();
  const transitions: Transition[] = [];
  const breaker = createBreaker({ policy, now: () => Date.now(), onTransition: (each) => transitions.push(each) });
  const run = async (...verdicts: readonly Verdict[]): Promise<void> => {
    for (const verdict of verdicts) await breaker.ask().settle(verdict, { error: 'refused' });
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

  it('tells of the opening before its wait begins, so that nobody can measure it shorter than it was', async () => {
    const waiting: number[] = [];
    vi.useFakeTimers();
    const breaker = createBreaker({
      policy: aPolicy({ failureThreshold: 1 }),
      now: () => Date.now(),
      onTransition: () => waiting.push(vi.getTimerCount()),
    });
    const idle = vi.getTimerCount();
    await breaker.ask().settle('failure');
    expect(waiting).toEqual([idle]);
    expect(vi.getTimerCount()).toBe(idle + 1);
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

  describe('by the rate rule', () => {
    const aRatePolicy = (overrides: Partial<RatePolicy> = {}): Policy => ({
      timeoutMs: 1_000,
      breaker: { rule: 'rate', windowMs: 5_000, minimum: 4, percent: 50, openForMs: 10_000, ...overrides },
    });

    it('opens at the first failure at which enough calls are in view and enough of them failed', async () => {
      const { breaker, transitions, run } = aBreaker(aRatePolicy());
      await run('failure', 'success', 'failure');
      expect([breaker.state(), breaker.window()]).toEqual(['closed', { calls: 3, failures: 2 }]);
      await run('success');
      expect(breaker.state()).toBe('closed');
      await run('failure');
      expect(transitions).toEqual([
        {
          ...{ from: 'closed', to: 'open', cause: 'threshold', streak: 1, generation: 1, error: 'refused' },
          window: { calls: 5, failures: 3 },
        },
      ]);
    });

    it('starts with an empty window when a probe has closed it, the probe left out', async () => {
      const { breaker, run, path } = aBreaker(aRatePolicy({ windowMs: 60_000 }));
      await run('failure', 'failure', 'failure', 'failure');
      await vi.advanceTimersByTimeAsync(10_000);
      expect(breaker.window()).toEqual({ calls: 4, failures: 4 });
      await run('success');
      expect(breaker.window()).toEqual({ calls: 0, failures: 0 });
      await run('failure', 'failure', 'failure');
      expect(path()).toEqual(['threshold', 'wait-over', 'probe-succeeded']);
    });

    it('goes by when a call ended, not by when the breaker is told', async () => {
      const { breaker, run } = aBreaker(aRatePolicy({ windowMs: 100 }));
      const at = Date.now();
      const late = breaker.ask();
      await vi.advanceTimersByTimeAsync(50);
      await late.settle('failure', { at });
      await vi.advanceTimersByTimeAsync(49);
      await run('success');
      expect(breaker.window()).toEqual({ calls: 2, failures: 1 });
      await vi.advanceTimersByTimeAsync(1);
      expect(breaker.window()).toEqual({ calls: 1, failures: 0 });
    });
  });
});

describe('a breaker that a hand forces', () => {
  it('open: admits nothing, says so once, and never probes by itself', async () => {
    const { breaker, transitions } = aBreaker();
    breaker.force('open');
    breaker.force('open');
    await vi.advanceTimersByTimeAsync(60_000);
    expect([breaker.state(), breaker.forced(), breaker.ask().admitted]).toEqual(['open', 'open', false]);
    expect(breaker.waitMs()).toBe(10_000);
    expect(transitions).toEqual([{ from: 'closed', to: 'open', cause: 'manual', streak: 0, generation: 1 }]);
  });

  it('closed: counts, and does not open', async () => {
    const { breaker, run, path } = aBreaker();
    await run('failure', 'failure', 'failure');
    breaker.force('closed');
    await run('failure', 'failure', 'failure', 'cancelled', 'failure');
    expect([breaker.state(), breaker.streak(), path()]).toEqual(['closed', 4, ['threshold', 'manual']]);
  });

  it('disabled: lets everything through and counts nothing', async () => {
    const { breaker, run, path } = aBreaker();
    breaker.force('disabled');
    await run('failure', 'failure', 'failure', 'failure');
    expect([breaker.state(), breaker.streak(), breaker.ask().admitted, path()]).toEqual(['closed', 0, true, []]);
  });

  it('auto: as its policy says, closed at first', async () => {
    const { breaker, run, path } = aBreaker();
    breaker.force('open');
    breaker.force('auto');
    expect([breaker.state(), breaker.forced()]).toEqual(['closed', null]);
    await run('failure', 'failure', 'failure');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(path()).toEqual(['manual', 'manual', 'threshold', 'wait-over']);
  });

  it('forgets the calls that were under way', async () => {
    const { breaker, run } = aBreaker();
    const before = [breaker.ask(), breaker.ask(), breaker.ask()];
    breaker.force('closed');
    for (const call of before) await call.settle('failure');
    expect(breaker.streak()).toBe(0);
    const during = [breaker.ask(), breaker.ask(), breaker.ask()];
    breaker.force('auto');
    for (const call of during) await call.settle('failure');
    await run('failure', 'failure');
    expect([breaker.state(), breaker.streak()]).toEqual(['closed', 2]);
  });

  it('is let go by a new policy', async () => {
    const { breaker, path } = aBreaker();
    breaker.force('open');
    breaker.adopt(aPolicy());
    expect([breaker.forced(), breaker.state(), path()]).toEqual([null, 'closed', ['manual', 'manual']]);
  });
});
