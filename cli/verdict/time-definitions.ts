// What every figure of the defence means, and how finely it is measured: the words that reports show beside it.
import { sliceMs } from './times.ts';

export interface Definition {
  readonly title: string;
  readonly definition: string;
  readonly resolution: string;
}

const clocks = 'half the round trip with which the clocks were measured (under 1 ms on one machine)';

export const definitions = {
  detectMs: {
    title: 'time to detect',
    definition:
      'from the end of the first call over the link that failed under its first fault, to its breaker’s opening',
    resolution: 'exact: both are told by one process, on its own clock',
  },
  faultToOpenMs: {
    title: 'time to open',
    definition: 'from the setting of the first fault that concerns the link, to its breaker’s next opening',
    resolution: clocks,
  },
  overshoot: {
    title: 'overshoot',
    definition: 'calls over the link that were under way when its breaker opened: admitted before, ended after',
    resolution: 'exact',
  },
  notClosedMs: {
    title: 'time not closed',
    definition: 'all the time in which the breaker of the link was open or half-open',
    resolution: 'exact, but for a restart of its process',
  },
  faultEndToClosedMs: {
    title: 'time to recover',
    definition:
      'from the end of the last fault that concerns the link, to the closing after which its breaker stayed closed',
    resolution: clocks,
  },
  degradedMs: {
    title: 'degraded',
    definition:
      'judged time in which customers did not get what they came for: the slices in which an arrival was due that was rejected, failed, lost or dropped',
    resolution: `${sliceMs} ms, the length of a slice; a slice in which nobody came counts as good`,
  },
  drainMs: {
    title: 'backlog drain',
    definition: 'from the end of the last fault until the last arrival that was due before it had its answer',
    resolution: clocks,
  },
  lost: {
    title: 'lost',
    definition: 'arrivals that failed, were dropped, or of which nobody knows what became of them',
    resolution: 'exact',
  },
  shortCircuited: {
    title: 'short-circuited',
    definition: 'arrivals that were rejected because a breaker on their way refused the call',
    resolution: 'exact',
  },
} as const satisfies Readonly<Record<string, Definition>>;
