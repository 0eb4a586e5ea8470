// A breaker that a hand holds in a state, whatever its policy would say. Nothing here moves by itself.
import type { ForcedState } from '../contract/admin.ts';
import type { Window } from '../contract/events.ts';
import type { BreakerRule } from './breaker-rule.ts';

export type Held = Exclude<ForcedState, 'auto'>;

export interface ForcedBreaker {
  readonly held: Held;
  readonly admits: boolean;
  /** Closed: what its policy would count. Open and disabled: nothing. */
  readonly count: (outcome: 'success' | 'failure', at: number) => void;
  readonly streak: () => number;
  readonly window: (at: number) => Window | null;
}

export function forcedBreaker(held: Held, rule: BreakerRule): ForcedBreaker {
  let streak = 0;
  return {
    held,
    admits: held !== 'open',
    count: (outcome, at) => {
      if (held !== 'closed') return;
      streak = outcome === 'failure' ? streak + 1 : 0;
      rule.count({ outcome, at, streak });
    },
    streak: () => streak,
    window: (at) => rule.window(at),
  };
}
