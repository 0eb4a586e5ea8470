// Does a breaker open at exactly the first failure at which its rate rule holds? Judged by the caller's own word on its calls.
import type { EventOf, Window } from '../../services/contract/events.ts';
import type { RatePolicy } from '../../services/contract/policy.ts';
import { inOrder } from '../metrics/in-order.ts';
import type { RunRecord } from '../metrics/record.ts';
import { counts, isSameInstant } from './counted-calls.ts';
import { counted, moment } from './figures.ts';
import { type Finding, found, inconclusive } from './finding.ts';
import { type Counted, isSameWindow, reaches, windowsAt, windowText } from './rate-window.ts';

/**
 * In the order in which the caller's calls completed, from an empty window each time the breaker closes. The opening must
 * be the next thing that the caller tells of the link, but for calls that ended in one burst with the deciding one, and
 * must tell of the window that the record shows.
 */
export function checkRate(record: RunRecord, link: string, policy: RatePolicy): Finding {
  const told = [...(record.calls.get(link) ?? []), ...(record.breakers.get(link) ?? [])];
  const walks = [...Map.groupBy(told, ({ src }) => src)].map(([src, events]) =>
    walk(events, policy, blurOf(record, src)),
  );
  const faults = walks.flatMap(({ fault }) => fault ?? []);
  const doubts = walks.flatMap(({ doubt }) => doubt ?? []);
  const openings = walks.flatMap((walked) => walked.openings);
  if (faults.length > 0) return found(false, faults.join('; '));
  if (doubts.length > 0) return inconclusive(doubts.join('; '), 'the breaker counted calls from before the record');
  if (openings.length > 0)
    return found(true, `${counted(openings.length, 'opening')}: ${openings.map(windowText).join(', ')}`);
  const worst = walks.flatMap((walked) => walked.worst ?? []).reduce(worse, null);
  return found(true, `never opened; ${worst === null ? tooFew(policy) : `at most ${windowText(worst)}`}`);
}

// --- internal ---

interface Walk {
  /** What the breaker decided on, by its own word. */
  readonly openings: readonly Window[];
  /** The highest share at any failure with enough calls in view. */
  readonly worst: Window | null;
  /** The first illegal step. */
  readonly fault?: string;
  readonly doubt?: string;
}

/** A failure at which the rule may hold. `must`: it does, however the edge of the window is read. */
interface Due {
  readonly at: number;
  readonly windows: readonly [Window, ...Window[]];
  readonly must: boolean;
}

function walk(events: readonly (EventOf<'call'> | EventOf<'breaker'>)[], policy: RatePolicy, blurMs: number): Walk {
  const { windowMs } = policy;
  const openings: Window[] = [];
  let doubt: string | undefined;
  let worst: Window | null = null;
  let [calls, closed]: [Counted[], boolean] = [[], true];
  /** Since the latest burst of calls began. */
  let [dues, latest]: [readonly Due[], number] = [[], Number.NEGATIVE_INFINITY];
  let generation: number | null = null;
  const ended = (fault?: string): Walk => ({
    ...{ openings, worst },
    ...(fault === undefined ? {} : { fault }),
    ...(doubt === undefined ? {} : { doubt }),
  });
  for (const event of inOrder(events)) {
    const { at } = event;
    if (event.type === 'breaker') {
      if (event.from === 'closed' && event.to === 'open' && event.cause !== 'manual') {
        const [seen] = dues[0]?.windows ?? windowsAt(calls, { now: at, windowMs, blurMs });
        const wrong = wrongWith(event, dues, seen);
        const isDoubtful = generation === null && at < windowMs && tellsMore(event, seen);
        if (wrong !== null && !isDoubtful) return ended(wrong);
        doubt ??= wrong ?? undefined;
        openings.push(event.window ?? seen);
      }
      [calls, dues, closed, generation] = [[], [], event.to === 'closed', event.generation];
    } else if (closed && counts(event, generation)) {
      const must = dues.find((due) => due.must);
      const isBurst = isSameInstant(latest, at);
      latest = at;
      if (must !== undefined && isBurst) continue;
      if (must !== undefined) return ended(`still closed after ${dueText(must)}`);
      if (!isBurst) dues = [];
      const failed = event.outcome === 'failure';
      calls.push({ at, failed });
      if (!failed) continue;
      calls = calls.filter((call) => at - call.at < windowMs + blurMs);
      const windows = windowsAt(calls, { now: at, windowMs, blurMs });
      const holding = windows.filter((window) => reaches(window, policy));
      if (windows[0].calls >= policy.minimum) worst = worse(worst, windows[0]);
      if (holding.length > 0) dues = [...dues, { at, windows, must: holding.length === windows.length }];
    }
  }
  const must = dues.find((due) => due.must);
  return ended(must && `never opened after ${dueText(must)}`);
}

const dueText = ({ at, windows }: Due): string => `${windowText(windows[0])} at ${moment(at)}`;

/** null: nothing. */
function wrongWith({ at, window }: EventOf<'breaker'>, dues: readonly Due[], seen: Window): string | null {
  const isTold = window === undefined || dues.some(({ windows }) => windows.some((each) => isSameWindow(each, window)));
  if (dues.length > 0 && isTold) return null;
  const ownWord = window === undefined || isSameWindow(window, seen) ? '' : `; it says ${windowText(window)}`;
  return `opened after ${windowText(seen)} at ${moment(at)}${ownWord}`;
}

const tellsMore = ({ window }: EventOf<'breaker'>, seen: Window): boolean =>
  window !== undefined && window.calls > seen.calls;

const worse = (a: Window | null, b: Window): Window =>
  a === null || b.failures * a.calls > a.failures * b.calls ? b : a;

const tooFew = ({ minimum }: RatePolicy): string => `no failure among ${counted(minimum, 'call')} or more`;

/** µs of rounding; and what was taken for the offset of the source's clock may have changed in the course of the run. */
function blurOf({ clocks }: RunRecord, src: string): number {
  const offsets = clocks.filter(({ of }) => of === src).map(({ offset }) => offset);
  return 0.001 + (offsets.length === 0 ? 0 : Math.max(...offsets) - Math.min(...offsets));
}
