// Opens at so many failures in a row. The breaker counts the streak itself, because it tells of it under every rule.
import type { ConsecutivePolicy } from '../contract/policy.ts';
import type { BreakerRule } from './breaker-rule.ts';

export const consecutiveRule = ({ failureThreshold }: ConsecutivePolicy): BreakerRule => ({
  count: ({ streak }) => streak >= failureThreshold,
  window: () => null,
  reset: () => {},
});
