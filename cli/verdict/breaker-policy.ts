// Does a breaker do what its declared policy says? Checked for every link that a scenario expects something of, so that a
// wrong breaker cannot pass by luck:
//
//   closed --(failureThreshold-th failure in a row)--> open --(openFor)--> halfOpen --(one probe)--> closed | open
import type { EventOf } from '../../services/contract/events.ts';
import type { BreakerPolicy } from '../../services/contract/policy.ts';
import { inOrder } from '../metrics/in-order.ts';
import type { RunRecord } from '../metrics/record.ts';
import { staysOf } from './breaker-history.ts';
import { counted, moment, ms } from './figures.ts';
import { type Finding, found } from './finding.ts';

/** A Node timer may fire up to 1 ms early by CLOCK_MONOTONIC; a busy event loop fires it late. */
const early = 2;
const late = 100;

/**
 * In the order in which the caller's calls completed: a success ends the streak, a cancelled or refused call does not
 * count, and neither does one admitted in an earlier generation. The opening must come right after the deciding failure.
 */
export function checkStreak(record: RunRecord, link: string, { failureThreshold }: BreakerPolicy): Finding {
  const sources = Map.groupBy(
    [...(record.calls.get(link) ?? []), ...(record.breakers.get(link) ?? [])],
    ({ src }) => src,
  );
  const walks = [...sources.values()].map((events) => walk(events, failureThreshold));
  const wrong = walks.flatMap(({ faults }) => faults);
  const openings = walks.reduce((sum, walked) => sum + walked.openings, 0);
  const longest = Math.max(0, ...walks.map((walked) => walked.longest));
  if (wrong.length > 0) return found(false, wrong.join('; '));
  if (openings === 0) return found(true, `never opened; longest streak ${longest}`);
  return found(true, `${counted(openings, 'opening')}, each after ${counted(failureThreshold, 'failure')}`);
}

export function checkOpenFor(record: RunRecord, link: string, { openForMs }: BreakerPolicy): Finding {
  const stays = staysOf(record, link).filter(({ state, left }) => state === 'open' && left?.cause !== 'manual');
  // One that the record's end cuts short says nothing, unless it was already too long.
  const ended = stays.filter(({ from, to, left }) => left !== null || to - from > openForMs + late);
  if (ended.length === 0) return found(true, stays.length === 0 ? 'never open' : 'still open at the end');
  const wrong = ended.filter(({ from, to, left }) => {
    const lasted = to - from;
    return left?.to !== 'halfOpen' || lasted < openForMs - early || lasted > openForMs + late;
  });
  const told = (wrong.length > 0 ? wrong : ended).map(({ from, to, left }) => `${ms(to - from)}${nextOf(left)}`);
  return found(wrong.length === 0, told.join(', '));
}

export function checkProbes(record: RunRecord, link: string): Finding {
  const halfOpen = staysOf(record, link).filter(({ state }) => state === 'halfOpen');
  const calls = (record.calls.get(link) ?? []).filter(({ admitted }) => admitted);
  const arrivals = record.arrivals.get(link) ?? [];
  const probes = halfOpen.map(({ entered: { src, generation }, from }) => {
    const called = calls.filter((call) => call.src === src && call.generation === generation);
    const arrived = arrivals.filter((arrival) => arrival.generation === generation && arrival.at >= from);
    return { at: from, count: new Set([...called, ...arrived].map(({ attempt }) => attempt)).size };
  });
  const wrong = probes.find(({ count }) => count > 1);
  if (wrong !== undefined)
    return found(false, `${counted(wrong.count, 'probe')} in the half-open state at ${moment(wrong.at)}`);
  if (probes.length === 0) return found(true, 'never half-open');
  const total = probes.reduce((sum, { count }) => sum + count, 0);
  return found(true, `${counted(total, 'probe')} in ${counted(probes.length, 'half-open state')}`);
}

// --- internal ---

const nextOf = (left: EventOf<'breaker'> | null): string =>
  left === null || left.to === 'halfOpen' ? '' : `, then ${left.to} without a probe`;

interface Walk {
  readonly openings: number;
  readonly longest: number;
  readonly faults: readonly string[];
}

function walk(events: readonly (EventOf<'call'> | EventOf<'breaker'>)[], threshold: number): Walk {
  const faults: string[] = [];
  let [openings, longest, streak] = [0, 0, 0];
  let closed = true;
  /** null: the breaker has not moved yet in this record, and may have before it. */
  let generation: number | null = null;
  for (const event of inOrder(events)) {
    if (event.type === 'breaker') {
      if (event.to === 'open' && event.from === 'closed' && event.cause !== 'manual') {
        openings += 1;
        if (streak !== threshold)
          faults.push(`opened after ${counted(streak, 'failure')} in a row at ${moment(event.at)}`);
      }
      closed = event.to === 'closed';
      generation = event.generation;
      streak = 0;
    } else if (closed && counts(event, generation)) {
      // Any call that counts while the threshold is reached means that the opening did not come at once.
      if (streak === threshold)
        faults.push(`still closed after ${counted(streak, 'failure')} in a row at ${moment(event.at)}`);
      streak = event.outcome === 'failure' ? streak + 1 : 0;
      longest = Math.max(longest, streak);
    }
  }
  if (closed && streak >= threshold) faults.push(`never opened after ${counted(streak, 'failure')} in a row`);
  return { openings, longest, faults };
}

const counts = ({ admitted, outcome, ...call }: EventOf<'call'>, generation: number | null): boolean =>
  admitted &&
  (outcome === 'success' || outcome === 'failure') &&
  (generation === null || call.generation === generation);
