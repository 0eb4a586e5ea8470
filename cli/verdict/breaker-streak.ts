// Does a breaker open after exactly as many failures in a row as its policy says? Not one earlier, not one later.
import type { EventOf } from '../../services/contract/events.ts';
import type { ConsecutivePolicy } from '../../services/contract/policy.ts';
import { inOrder } from '../metrics/in-order.ts';
import type { RunRecord } from '../metrics/record.ts';
import { counts, isSameInstant } from './counted-calls.ts';
import { counted, moment } from './figures.ts';
import { type Finding, found } from './finding.ts';

/**
 * In the order in which the caller's calls completed: a success ends the streak, a cancelled or refused call does not
 * count, and neither does one admitted in an earlier generation. The opening must be the next thing that the caller tells
 * of the link, but for calls that ended in the same instant as the deciding one.
 */
export function checkStreak(record: RunRecord, link: string, { failureThreshold }: ConsecutivePolicy): Finding {
  const told = [...(record.calls.get(link) ?? []), ...(record.breakers.get(link) ?? [])];
  const walks = [...Map.groupBy(told, ({ src }) => src).values()].map((events) => walk(events, failureThreshold));
  const wrong = walks.flatMap(({ faults }) => faults);
  const openings = walks.reduce((sum, walked) => sum + walked.openings, 0);
  const longest = Math.max(0, ...walks.map((walked) => walked.longest));
  if (wrong.length > 0) return found(false, wrong.join('; '));
  if (openings === 0) return found(true, `never opened; longest streak ${longest}`);
  return found(true, `${counted(openings, 'opening')}, each after ${counted(failureThreshold, 'failure')}`);
}

// --- internal ---

interface Walk {
  readonly openings: number;
  readonly longest: number;
  readonly faults: readonly string[];
}

/** Since the breaker last moved. `reachedAt`: when the streak got to the threshold. `together`: calls in that same instant. */
interface Streak {
  readonly length: number;
  readonly reachedAt: number | null;
  readonly together: number;
}
const noStreak: Streak = { length: 0, reachedAt: null, together: 0 };

function walk(events: readonly (EventOf<'call'> | EventOf<'breaker'>)[], threshold: number): Walk {
  const faults: string[] = [];
  let [openings, longest, streak, closed] = [0, 0, noStreak, true];
  let generation: number | null = null;
  for (const event of inOrder(events)) {
    if (event.type === 'breaker') {
      if (event.from === 'closed' && event.to === 'open' && event.cause !== 'manual') {
        openings += 1;
        const length = streak.together > 0 ? event.streak : streak.length;
        if (length !== threshold)
          faults.push(`opened after ${counted(length, 'failure')} in a row at ${moment(event.at)}`);
      }
      [streak, closed, generation] = [noStreak, event.to === 'closed', event.generation];
    } else if (closed && counts(event, generation)) {
      if (isTogether(event, streak)) {
        streak = { ...streak, together: streak.together + 1 };
        continue;
      }
      if (streak.length === threshold)
        faults.push(`still closed after ${counted(threshold, 'failure')} in a row at ${moment(event.at)}`);
      const length = event.outcome === 'failure' ? streak.length + 1 : 0;
      streak = { length, reachedAt: length === threshold ? event.at : null, together: 0 };
      longest = Math.max(longest, length);
    }
  }
  if (closed && streak.length >= threshold)
    faults.push(`never opened after ${counted(streak.length, 'failure')} in a row`);
  return { openings, longest, faults };
}

const isTogether = ({ at }: EventOf<'call'>, { reachedAt }: Streak): boolean =>
  reachedAt !== null && isSameInstant(reachedAt, at);
