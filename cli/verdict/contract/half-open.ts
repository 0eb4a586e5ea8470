// B15, B16: a half-open state is decided by its probe, neither before it (by a call from before the opening) nor long after
// it (a probe that hangs must not wedge the breaker).
import { moment, ms } from '../figures.ts';
import type { Call, Life, LinkHistory, Move } from './history.ts';
import { type Violation, violation } from './violation.ts';

/** The backstop behind the timeout (services/shared/breaker.ts) takes up to a second, and a busy event loop its time. */
const slackMs = 2_000;
/** µs of rounding. */
const blurMs = 0.01;

export function checkHalfOpen({ lives, policy, endAt }: LinkHistory): readonly Violation[] {
  for (const life of lives) {
    for (const stay of halfOpenStays(life)) {
      const broken = early(stay) ?? wedged(stay, { most: policy.timeoutMs + slackMs, endAt });
      if (broken !== null) return [broken];
    }
  }
  return [];
}

// --- internal ---

interface HalfOpen {
  readonly entered: Move;
  readonly left: Move | undefined;
  readonly probe: Call | undefined;
}

const halfOpenStays = ({ moves, calls }: Life): readonly HalfOpen[] =>
  moves.flatMap((entered, index) => {
    if (entered.to !== 'halfOpen') return [];
    const probe = calls.find(({ generation, admitted }) => admitted && generation === entered.generation);
    return [{ entered, left: moves[index + 1], probe }];
  });

function early({ entered, left, probe }: HalfOpen): Violation | null {
  if (left === undefined || probe === undefined || left.cause === 'manual' || left.at >= probe.end - blurMs)
    return null;
  const message = `left half-open at ${moment(left.at)}, before its probe ended at ${moment(probe.end)}`;
  return violation('B15', left.at, message, [entered, left, probe]);
}

function wedged(
  { entered, left, probe }: HalfOpen,
  { most, endAt }: { most: number; endAt: number },
): Violation | null {
  // Without a probe it waits for one: nobody asked.
  if (probe === undefined) return null;
  const until = left?.at ?? endAt;
  if (until - probe.start <= most) return null;
  const message = `half-open for ${ms(until - probe.start)} after its probe began at ${moment(probe.start)}`;
  return violation('B16', until, message, [entered, probe, ...(left === undefined ? [] : [left])]);
}
