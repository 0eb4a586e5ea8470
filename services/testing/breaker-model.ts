// The breaker in plain words, for tests: it remembers every call and counts anew each time. It shares nothing with the
// adapter but the policy; time goes by in ticks of 1 ms.
import type { ForcedState } from '../contract/admin.ts';
import type { BreakerState, Window } from '../contract/events.ts';
import type { BreakerPolicy, Policy } from '../contract/policy.ts';

interface Ended {
  readonly at: number;
  readonly failed: boolean;
  readonly probe: boolean;
}
interface Step {
  readonly cause: string;
  readonly streak: number;
  readonly window?: Window;
}

export function breakerModel(first: Policy) {
  let policy = first;
  let state: BreakerState = 'closed';
  let forced: ForcedState = 'auto';
  let now = 0;
  let openedAt = 0;
  let probe: number | undefined;
  let next = 0;
  /** Since the breaker last closed. */
  let ended: Ended[] = [];
  /** Calls in flight, and when opossum gives them up. */
  const live = new Map<number, number>();
  const steps: Step[] = [];

  const streak = (): number => ended.length - 1 - ended.findLastIndex(({ failed }) => !failed);

  const window = (): Window | null => {
    const rule = policy.breaker;
    if (rule?.rule !== 'rate') return null;
    const recent = ended.filter((call) => !call.probe && now - call.at < rule.windowMs);
    return { calls: recent.length, failures: recent.filter(({ failed }) => failed).length };
  };

  const mustOpen = (rule: BreakerPolicy): boolean => {
    if (rule.rule === 'consecutive') return streak() >= rule.failureThreshold;
    const { calls, failures } = window() ?? { calls: 0, failures: 0 };
    return calls >= rule.minimum && failures * 100 >= rule.percent * calls;
  };

  const open = (cause: string): void => {
    const seen = cause === 'threshold' ? window() : null;
    steps.push({ cause, streak: streak(), ...(seen === null ? {} : { window: seen }) });
    state = 'open';
    openedAt = now;
    probe = undefined;
  };

  const close = (): void => {
    state = 'closed';
    probe = undefined;
    ended = [];
  };

  const settle = (id: number, verdict: 'success' | 'failure' | 'cancelled'): void => {
    const rule = policy.breaker;
    if (rule === null || !live.has(id)) return;
    if (id === probe && verdict === 'cancelled') return;
    live.delete(id);
    if (verdict === 'cancelled') return;
    const failed = verdict === 'failure';
    if (state === 'closed') {
      if (forced !== 'disabled') ended.push({ at: now, failed, probe: false });
      if (failed && forced === 'auto' && mustOpen(rule)) open('threshold');
    } else if (id === probe && failed) {
      ended.push({ at: now, failed, probe: true });
      open('probe-failed');
    } else if (id === probe) {
      close();
      steps.push({ cause: 'probe-succeeded', streak: 0 });
    }
  };

  /** Whatever was before is over; what was under way is forgotten. */
  const begin = (held: ForcedState): void => {
    const to = held === 'open' ? 'open' : 'closed';
    if (state !== to) steps.push({ cause: 'manual', streak: streak() });
    live.clear();
    close();
    state = to;
    forced = held;
  };

  return {
    /** undefined: refused. */
    ask: (): number | undefined => {
      if (state === 'open' || (state === 'halfOpen' && probe !== undefined)) return undefined;
      next += 1;
      if (state === 'halfOpen') probe = next;
      const { timeoutMs, breaker } = policy;
      if (forced !== 'auto') live.set(next, Number.POSITIVE_INFINITY);
      else if (breaker !== null) live.set(next, now + timeoutMs + Math.min(1_000, (breaker.openForMs - timeoutMs) / 2));
      return next;
    },
    settle,
    tick: (): void => {
      now += 1;
      for (const [id, due] of [...live]) if (due === now) settle(id, 'failure');
      if (forced === 'auto' && state === 'open' && now - openedAt === policy.breaker?.openForMs) {
        state = 'halfOpen';
        steps.push({ cause: 'wait-over', streak: streak() });
      }
    },
    adopt: (other: Policy): void => {
      policy = other;
      begin('auto');
    },
    force: (to: ForcedState): void => {
      if (policy.breaker !== null) begin(to);
    },
    view: () => ({ state, streak: streak(), window: window(), steps: [...steps] }),
  };
}
