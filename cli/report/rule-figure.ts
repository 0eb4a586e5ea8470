// How near a breaker is to opening, by its own rule.
import type { BreakerView } from '../../services/contract/admin.ts';
import type { BreakerPolicy } from '../../services/contract/policy.ts';

/** `streak 2/3`, `window 12/20 calls, 33 % failed`. */
export function ruleFigure(policy: BreakerPolicy, { streak, window }: Pick<BreakerView, 'streak' | 'window'>): string {
  switch (policy.rule) {
    case 'consecutive':
      return `streak ${streak}/${policy.failureThreshold}`;
    case 'rate': {
      const { calls, failures } = window ?? { calls: 0, failures: 0 };
      // Rounded down: what has not reached the percentage must not look as if it had.
      const share = calls === 0 ? '' : `, ${Math.floor((failures * 100) / calls)} % failed`;
      return `window ${calls}/${policy.minimum} calls${share}`;
    }
    default:
      return policy satisfies never;
  }
}
