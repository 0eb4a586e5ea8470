// Does a breaker do what its declared policy says? Checked for every link that a scenario expects something of, so that a
// wrong breaker cannot pass by luck:
//
//   closed --(failureThreshold-th failure in a row)--> open --(openFor)--> halfOpen --(one probe)--> closed | open
//
// The first arrow is in breaker-streak.ts.
import type { EventOf } from '../../services/contract/events.ts';
import type { BreakerPolicy } from '../../services/contract/policy.ts';
import type { RunRecord } from '../metrics/record.ts';
import { staysOf } from './breaker-history.ts';
import { counted, moment, ms } from './figures.ts';
import { type Finding, found } from './finding.ts';

/**
 * ms. A Node timer may fire up to 1 ms early by CLOCK_MONOTONIC. A busy event loop fires it late: on two cores that ran
 * two fleets and more, up to 190 ms were seen.
 */
const early = 2;
const late = 250;

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
