// Whether time runs steadily enough to judge promises by: monotonic time, timers, and the wall clock against it.
import { distributionOf } from '../../metrics/distribution.ts';
import type { Clock } from '../../runner/clock.ts';
import { ms } from '../../verdict/figures.ts';
import { type Finding, note, ok, problem } from './finding.ts';

export interface ClockFacts {
  /** How much later than asked each timer fired, ms. */
  readonly lateness: readonly number[];
  /** The longest step back of CLOCK_MONOTONIC, ms; 0 as it should be. */
  readonly backMs: number;
  /** How far the wall clock moved against the monotonic one, ms. */
  readonly wallJumpMs: number;
}

export interface WatchOptions {
  readonly clock: Clock;
  /** Wall clock, ms. */
  readonly wall: () => number;
  readonly forMs: number;
}

const tickMs = 2;

/** Means something only while the process does nothing else. */
export async function watchClock({ clock, wall, forMs }: WatchOptions): Promise<ClockFacts> {
  const startedAt = clock.now();
  const offset = (): number => wall() - clock.now();
  const lateness: number[] = [];
  let [backMs, lowest, highest] = [0, offset(), offset()];
  for (let last = startedAt; last < startedAt + forMs && backMs === 0; ) {
    await clock.sleep(tickMs);
    const now = clock.now();
    backMs = Math.max(backMs, last - now);
    lateness.push(now - last - tickMs);
    [lowest, highest] = [Math.min(lowest, offset()), Math.max(highest, offset())];
    last = now;
  }
  return { lateness, backMs, wallJumpMs: highest - lowest };
}

const [busyMs, jumpMs] = [20, 50];

export function judgeClock({ lateness, backMs, wallJumpMs }: ClockFacts): Finding {
  if (backMs > 0) {
    return problem(
      'clock',
      `monotonic time went back by ${ms(backMs)}`,
      'nothing can be measured here: another machine',
    );
  }
  const { p99, max } = distributionOf(lateness);
  const seen = `timers are ${ms(p99)} late at p99, ${ms(max)} at most`;
  if (p99 > busyMs) {
    return note('clock', seen, `too busy for promises below ${ms(p99 * 5)}: end what else runs here`);
  }
  if (wallJumpMs <= jumpMs) return ok('clock', seen);
  return note('clock', `${seen}; the wall clock jumped by ${ms(wallJumpMs)}`, 'runs do not mind; dates in reports may');
}
