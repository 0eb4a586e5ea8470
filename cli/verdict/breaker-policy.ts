// Does a breaker do what its declared policy says? Checked for every link that a scenario expects something of, so that a
// wrong breaker cannot pass by luck:
//
//   closed --(the rule holds)--> open --(openFor)--> halfOpen --(one probe)--> closed | open
//
// The first arrow is in breaker-streak.ts and breaker-rate.ts.
import type { EventOf } from '../../services/contract/events.ts';
import type { BreakerPolicy } from '../../services/contract/policy.ts';
import type { RunRecord } from '../metrics/record.ts';
import { type Stay, staysOf } from './breaker-history.ts';
import { counted, moment, ms } from './figures.ts';
import { type Finding, found } from './finding.ts';
import { earlyMs, lateMs, stoodStill } from './stalls.ts';

export function checkOpenFor(
  record: RunRecord,
  link: string,
  { openForMs }: Pick<BreakerPolicy, 'openForMs'>,
): Finding {
  const stays = staysOf(record, link).filter(({ state, left }) => state === 'open' && left?.cause !== 'manual');
  const isLate = ({ from, to, entered }: Stay): boolean => {
    const due = from + openForMs;
    return to > due + lateMs + stoodStill(record, entered.src, { from: due, to });
  };
  // One that the record's end cuts short says nothing, unless it was already too long.
  const ended = stays.filter((stay) => stay.left !== null || isLate(stay));
  if (ended.length === 0) return found(true, stays.length === 0 ? 'never open' : 'still open at the end');
  const wrong = ended.filter(
    (stay) => stay.left?.to !== 'halfOpen' || stay.to - stay.from < openForMs - earlyMs || isLate(stay),
  );
  const told = (wrong.length > 0 ? wrong : ended).map(({ from, to, left }) => `${ms(to - from)}${nextOf(left)}`);
  return found(wrong.length === 0, told.join(', '));
}

/**
 * A half-open state sends exactly one probe, and closes if and only if that one succeeded, by the word of the caller. One
 * that ended by hand, with the record or with its process had no time for it.
 */
export function checkProbes(record: RunRecord, link: string): Finding {
  const halfOpen = staysOf(record, link).filter(({ state }) => state === 'halfOpen');
  // Nearly all calls are of the closed states: they are gone through once, not once for each half-open state.
  const generations = new Set(halfOpen.map(({ entered }) => entered.generation));
  const isOfOne = ({ generation }: { readonly generation: number }): boolean => generations.has(generation);
  const calls = (record.calls.get(link) ?? []).filter((call) => call.admitted && isOfOne(call));
  const arrivals = (record.arrivals.get(link) ?? []).filter(isOfOne);
  const probed = halfOpen.map((stay) => {
    const { src, generation } = stay.entered;
    const called = calls.filter((call) => call.src === src && call.generation === generation);
    const arrived = arrivals.filter((arrival) => arrival.generation === generation && arrival.at >= stay.from);
    const count = new Set([...called, ...arrived].map(({ attempt }) => attempt)).size;
    return { count, wrong: wrongWith(stay, count, called[0]?.outcome) };
  });
  const wrong = probed.find((probe) => probe.wrong !== null)?.wrong ?? null;
  if (wrong !== null) return found(false, wrong);
  if (probed.length === 0) return found(true, 'never half-open');
  const total = probed.reduce((sum, { count }) => sum + count, 0);
  return found(true, `${counted(total, 'probe')} in ${counted(probed.length, 'half-open state')}`);
}

// --- internal ---

const nextOf = (left: EventOf<'breaker'> | null): string =>
  left === null || left.to === 'halfOpen' ? '' : `, then ${left.to} without a probe`;

/** null: nothing. `outcome`: what the caller tells of the probe; undefined if it tells of none. */
function wrongWith(
  { from, left, entered }: Stay,
  count: number,
  outcome: EventOf<'call'>['outcome'] | undefined,
): string | null {
  if (count > 1) return `${counted(count, 'probe')} in the half-open state at ${moment(from)}`;
  if (left === null || left.cause === 'manual' || left.src !== entered.src) return null;
  const at = moment(left.at);
  if (count === 0) return `left half-open without a probe at ${at}`;
  if (left.to === 'closed' && outcome !== 'success') return `closed although ${fateOf(outcome)} at ${at}`;
  return left.to === 'open' && outcome === 'success' ? `re-opened although the probe succeeded at ${at}` : null;
}

function fateOf(outcome: EventOf<'call'>['outcome'] | undefined): string {
  if (outcome === undefined) return 'the caller tells of no probe';
  return outcome === 'cancelled' ? 'the probe was cancelled' : 'the probe failed';
}
