// The adapter against a model written from the definition, in virtual time: whatever happens, in whatever order.
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { forcedStates } from '../contract/admin.ts';
import type { Policy } from '../contract/policy.ts';
import { breakerModel } from '../testing/breaker-model.ts';
import { type Admission, createBreaker, type Transition, type Verdict } from './breaker.ts';

const times = fc.record({ timeoutMs: fc.constantFrom(100, 500), openForMs: fc.constantFrom(600, 900, 2_000) });
const policyOf = {
  consecutive: fc.tuple(times, fc.integer({ min: 1, max: 4 })).map(
    ([{ timeoutMs, openForMs }, failureThreshold]): Policy => ({
      timeoutMs,
      breaker: { rule: 'consecutive', failureThreshold, openForMs },
    }),
  ),
  rate: fc
    .tuple(
      times,
      fc.record({
        windowMs: fc.constantFrom(250, 500, 1_000, 4_000),
        minimum: fc.integer({ min: 1, max: 6 }),
        percent: fc.constantFrom(1, 25, 33.4, 50, 66.7, 75, 100),
      }),
    )
    .map(([{ timeoutMs, openForMs }, rate]): Policy => ({ timeoutMs, breaker: { rule: 'rate', ...rate, openForMs } })),
};
const verdict = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Verdict>('failure') },
  { weight: 3, arbitrary: fc.constant<Verdict>('success') },
  { weight: 1, arbitrary: fc.constant<Verdict>('cancelled') },
);
/** `settle` tells of up to three calls in one turn of the loop. */
const operation = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('ask' as const), times: fc.integer({ min: 1, max: 3 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('settle' as const),
      which: fc.nat(7),
      verdicts: fc.array(verdict, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('call' as const), verdict }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(1, 50, 249, 250, 499, 500, 999, 1_000, 2_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('adopt' as const),
      policy: fc.oneof(policyOf.consecutive, policyOf.rate, fc.constant<Policy>({ timeoutMs: 500, breaker: null })),
    }),
  },
);
const force = fc.record({ do: fc.constant('force' as const), to: fc.constantFrom(...forcedStates) });
const length = { minLength: 10, maxLength: 50, size: 'max' } as const;
/** A hand that meddles all the time would leave the policy nothing to decide: every third history has one. */
const history = fc.oneof(
  { weight: 2, arbitrary: fc.array(operation, length) },
  {
    weight: 1,
    arbitrary: fc.array(fc.oneof({ weight: 9, arbitrary: operation }, { weight: 1, arbitrary: force }), length),
  },
);

type Operation = typeof history extends fc.Arbitrary<readonly (infer T)[]> ? T : never;

/** Both, side by side. */
function aPair(policy: Policy) {
  vi.useFakeTimers();
  const moves: Transition[] = [];
  const breaker = createBreaker({ policy, now: () => Date.now(), onTransition: (each) => moves.push(each) });
  const model = breakerModel(policy);
  let policyNow = policy;
  let calls: { readonly admission: Admission; readonly id: number }[] = [];

  const ask = (): void => {
    const admission = breaker.ask();
    const id = model.ask();
    expect(admission.admitted).toBe(id !== undefined);
    if (id !== undefined) calls.push({ admission, id });
  };

  const settle = async (index: number, verdicts: readonly Verdict[]): Promise<void> => {
    const ending = calls.slice(index, index + verdicts.length);
    calls = calls.filter((call) => !ending.includes(call));
    const settled = ending.map(({ admission, id }, nth) => {
      const verdict = verdicts[nth] ?? 'success';
      model.settle(id, verdict);
      return admission.settle(verdict);
    });
    await Promise.all(settled);
  };

  const take = async (step: Operation): Promise<void> => {
    switch (step.do) {
      case 'ask':
        for (let nth = 0; nth < step.times; nth += 1) ask();
        return;
      case 'settle':
        return settle(step.which % Math.max(1, calls.length), step.verdicts);
      case 'call':
        ask();
        return settle(calls.length - 1, [step.verdict]);
      case 'wait':
        for (let gone = 0; gone < step.ms; gone += 1) model.tick();
        await vi.advanceTimersByTimeAsync(step.ms);
        return;
      case 'adopt':
        breaker.adopt(step.policy);
        model.adopt(step.policy);
        policyNow = step.policy;
        return;
      case 'force':
        if (policyNow.breaker !== null) breaker.force(step.to);
        model.force(step.to);
        return;
      default:
        step satisfies never;
    }
  };

  return { breaker, model, moves, take };
}

const stepOf = ({ cause, streak, window }: Transition) => ({
  cause,
  streak,
  ...(window === undefined ? {} : { window }),
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a breaker, on any history', () => {
  const causes = ['threshold', 'wait-over', 'probe-failed', 'probe-succeeded', 'manual'];

  it.each(['rate', 'consecutive'] as const)(
    'agrees with the model, beginning under the %s rule',
    async (rule) => {
      const seen: string[] = [];
      await fc.assert(
        fc.asyncProperty(policyOf[rule], history, async (policy, operations) => {
          const { breaker, model, moves, take } = aPair(policy);
          for (const operation of operations) {
            await take(operation);
            const { steps, ...view } = model.view();
            const told = { state: breaker.state(), streak: breaker.streak(), window: breaker.window() };
            expect({ ...told, moves: moves.length }).toEqual({ ...view, moves: steps.length });
          }
          expect(moves.map(stepOf)).toEqual(model.view().steps);
          expect(moves.map(({ generation }) => generation)).toEqual(moves.map((_, index) => index + 1));
          seen.push(...moves.map(({ cause }) => cause));
          breaker.stop();
          vi.clearAllTimers();
        }),
        { numRuns: 1_500 },
      );
      // Histories in which nothing happens would agree with any model.
      for (const cause of causes) expect(seen.filter((each) => each === cause).length, cause).toBeGreaterThan(100);
    },
    30_000,
  );
});
