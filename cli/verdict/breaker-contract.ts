// What a scenario promises of a link's breaker: its path, how soon it opens, and that an open one lets nothing through.
import type { EventOf } from '../../services/contract/events.ts';
import type { RunRecord } from '../metrics/record.ts';
import { concerns } from '../scenario/concerns.ts';
import type { BreakerContract } from '../scenario/schema.ts';
import { matchesPath, pathIn, type Stay, staysOf } from './breaker-history.ts';
import { counted, moment, ms, signed } from './figures.ts';
import { type Finding, found, inconclusive } from './finding.ts';
import type { Span } from './sample.ts';
import { meets, overlapMs, starvedIn, starvedReason } from './stalls.ts';

type Path = NonNullable<BreakerContract['path']>;

export function checkPath(record: RunRecord, link: string, { path, judged }: { path: Path; judged: Span }): Finding {
  const seen = pathIn(staysOf(record, link), judged);
  return found(matchesPath(path, seen), pathText(seen));
}

/** From the start of the first fault that concerns the link to the first opening after it. */
export function checkOpensWithin(record: RunRecord, link: string, limitMs: number): Finding {
  const fault = record.faults.find(({ target, by }) => by === 'plan' && concerns(target, link));
  if (fault === undefined) return inconclusive('no fault', `no fault that concerns ${link} was set`);
  const opening = staysOf(record, link).find(({ entered, from }) => from >= fault.from && isOpening(entered));
  if (opening === undefined) return found(false, `not opened after ${fault.fault} at ${moment(fault.from)}`);
  const took = opening.from - fault.from;
  const uncertainty = clockUncertainty(record, opening.entered.src);
  if (Math.abs(limitMs - took) <= uncertainty) {
    return inconclusive(ms(took), `nearer to the limit than the clocks are to each other (${ms(uncertainty)})`);
  }
  const meanwhile = { from: fault.from, to: opening.from };
  const starved = starvedIn(record).filter(({ from, to }) => meets([meanwhile], from, to));
  if (took > limitMs && took - overlapMs(starved, meanwhile) <= limitMs) {
    return inconclusive(ms(took), starvedReason(starved));
  }
  return found(took <= limitMs, ms(took), signed(ms(limitMs - took)));
}

/**
 * An attempt leaks through an open breaker if its caller admitted it in an open state, or if it arrived at the callee
 * carrying the generation of an open state, or if it arrived while the breaker was open and no caller tells of having
 * admitted it. What was already on its way when the breaker opened is no leak.
 */
export function checkCallsWhileOpen(
  record: RunRecord,
  link: string,
  { limit, judged }: { limit: number; judged: Span },
): Finding {
  const open = staysOf(record, link).filter(({ state }) => state === 'open');
  const seen = open.filter(({ from, to }) => from < judged.to && to > judged.from);
  const inJudged = (at: number) => at >= judged.from && at < judged.to;
  const calls = (record.calls.get(link) ?? []).filter(({ admitted }) => admitted);
  const arrivals = (record.arrivals.get(link) ?? []).filter(({ at }) => inJudged(at));
  const startOf = new Map(calls.map(({ attempt, start }) => [attempt, start]));
  const admitted = attemptsOf(calls.filter((call) => inJudged(call.start) && isAdmittedOpen(call, open)));
  const arrived = arrivals.flatMap(({ at, attempt }) => {
    const during = open.find(({ from, to }) => at > from && at < to);
    return during === undefined ? [] : [{ attempt, start: startOf.get(attempt), openedAt: during.from }];
  });
  const leaks = new Set([
    ...admitted,
    ...attemptsOf(arrivals.filter(({ generation }) => open.some(({ entered }) => entered.generation === generation))),
    ...attemptsOf(arrived.filter(({ start }) => start === undefined)),
  ]);
  if (seen.length === 0 && leaks.size === 0)
    return inconclusive('never open', 'the breaker never opened, so nothing was seen');
  const before = arrived.filter(({ start, openedAt }) => start !== undefined && start <= openedAt);
  const margin = leaks.size === 0 && limit === 0 ? null : signed(String(limit - leaks.size));
  const observed = [
    `${counted(leaks.size, 'call')}: ${admitted.size} admitted and ${attemptsOf(arrived).size} arrived`,
    `in ${counted(seen.length, 'open state')}, ${attemptsOf(before).size} of them already sent before`,
  ].join(' ');
  return found(leaks.size <= limit, observed, margin);
}

/** Half the worst round trip with which a source's clock was measured. */
export const clockUncertainty = ({ clocks }: RunRecord, src: string): number =>
  Math.max(0, ...clocks.filter(({ of }) => of === src).map(({ roundTrip }) => roundTrip / 2));

// --- internal ---

/** `closed > (open > halfOpen) x3 > closed`: a long outage must not fill the screen with its probes. */
const pathText = (path: readonly string[]): string =>
  path
    .join(' > ')
    .replaceAll(
      /open > halfOpen(?: > open > halfOpen)+/g,
      (run) => `(open > halfOpen) x${run.split('halfOpen').length - 1}`,
    );

const isOpening = ({ from, to }: EventOf<'breaker'>): boolean => from === 'closed' && to === 'open';

const attemptsOf = (told: readonly { readonly attempt: string }[]): ReadonlySet<string> =>
  new Set(told.map(({ attempt }) => attempt));

const isAdmittedOpen = ({ state, src, generation }: EventOf<'call'>, open: readonly Stay[]): boolean =>
  state === 'open' || open.some(({ entered }) => entered.src === src && entered.generation === generation);
