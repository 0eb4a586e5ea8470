// Opens when too large a share of the latest calls failed: a sliding window over completions, exact to the call.
import type { RatePolicy } from '../contract/policy.ts';
import type { BreakerRule, Completed } from './breaker-rule.ts';

export function rateRule({ windowMs, minimum, percent }: RatePolicy): BreakerRule {
  /** In order of completion. Those before `oldest` have left the window. */
  let calls: Completed[] = [];
  let oldest = 0;
  let failures = 0;

  const slideTo = (now: number): void => {
    for (let call = calls[oldest]; call !== undefined && now - call.at >= windowMs; call = calls[oldest]) {
      if (call.outcome === 'failure') failures -= 1;
      oldest += 1;
    }
    // Dropped only when they are half of all, so that each call is moved about once.
    if (oldest * 2 > calls.length) {
      calls = calls.slice(oldest);
      oldest = 0;
    }
  };

  return {
    count: (call) => {
      slideTo(call.at);
      calls.push(call);
      if (call.outcome === 'success') return false;
      failures += 1;
      const inView = calls.length - oldest;
      // Multiplied, not divided: 29 of 100 is 28.999999999999996 % otherwise.
      return inView >= minimum && failures * 100 >= percent * inView;
    },
    // Whoever looks must not move the window: the next call may have ended before.
    window: (at) => {
      const inView = calls.slice(oldest).filter((call) => at - call.at < windowMs);
      return { calls: inView.length, failures: inView.filter(({ outcome }) => outcome === 'failure').length };
    },
    reset: () => {
      calls = [];
      oldest = 0;
      failures = 0;
    },
  };
}
