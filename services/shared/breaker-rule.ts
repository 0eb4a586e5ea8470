// When does a closed breaker open? One strategy per rule. A rule knows no clock, no state of the breaker and no opossum.
import type { Window } from '../contract/events.ts';
import type { BreakerPolicy } from '../contract/policy.ts';
import { consecutiveRule } from './consecutive-rule.ts';
import { rateRule } from './rate-rule.ts';

/** A call that ended while the breaker was closed. */
export interface Completed {
  readonly outcome: 'success' | 'failure';
  /** CLOCK_MONOTONIC, ms; never before that of an earlier one. */
  readonly at: number;
  /** Failures in a row, this one included. */
  readonly streak: number;
}

export interface BreakerRule {
  /** Takes the call in. True: the breaker has to open. */
  readonly count: (call: Completed) => boolean;
  /** What is in view at a moment; null for a rule without a window. */
  readonly window: (at: number) => Window | null;
  /** The breaker closed: what was before counts no more. */
  readonly reset: () => void;
}

export function ruleOf(policy: BreakerPolicy): BreakerRule {
  switch (policy.rule) {
    case 'consecutive':
      return consecutiveRule(policy);
    case 'rate':
      return rateRule(policy);
    default:
      return policy satisfies never;
  }
}
