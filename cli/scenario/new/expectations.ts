// The expectations that follow from a fault: true of this fleet whenever it keeps its promises, and each with its reason.
import { plannedIn } from '../arrivals.ts';
import { formatDuration } from '../duration.ts';
import type { OpenLoad } from '../load.ts';
import { samplesNeeded } from '../samples-needed.ts';
import { parseThreshold } from '../threshold.ts';
import type { Draft } from './draft.ts';
import { type Effect, isDatabase, openForMs, opensWithinMs } from './effect.ts';

/** Of the file: why, then what. */
export interface Line {
  readonly why: string;
  readonly text: string;
}

export interface Expectations {
  readonly thresholds: readonly Line[];
  readonly breakers: readonly Line[];
  /** null: there is too little time, or too little load, to measure it. */
  readonly recovery: Line | null;
}

export const warmupMs = 3_000;

export function expectationsOf(draft: Draft, effect: Effect): Expectations {
  const recovery = recoveryTimes(draft, effect);
  const baseline = successDuring('baseline', { draft, most: 99, stableForMs: recovery?.stableForMs });
  return {
    thresholds: [
      ...(baseline === null ? [] : [{ why: 'Before anything is broken, all is well.', text: baseline }]),
      ...duringOutage(draft, effect),
    ],
    breakers: breakersOf(draft, effect, recovery !== null),
    recovery:
      recovery === null || baseline === null
        ? null
        : {
            why: recovery.why,
            text: `{ within: ${formatDuration(recovery.withinMs)}, stableFor: ${formatDuration(recovery.stableForMs)} }`,
          },
  };
}

// --- internal ---

interface RecoveryTimes {
  readonly withinMs: number;
  readonly stableForMs: number;
  readonly why: string;
}

function recoveryTimes(draft: Draft, { kind, failAfterMs }: Effect): RecoveryTimes | null {
  const waits = kind === 'staysClosed' ? 0 : openForMs + failAfterMs + (kind === 'unknown' ? 1_000 : 0);
  const withinMs = Math.ceil((waits + 1_000 + 1_000 / draft.perSecond) / 500) * 500;
  const stableForMs = Math.min(3_000, draft.recoveryMs - withinMs);
  const why =
    kind === 'staysClosed'
      ? 'Nothing has to be waited for: when the fault has ended, all is as before.'
      : 'At worst a probe failed just before the fault ended: one openFor, and the next call is the probe that succeeds.';
  return stableForMs < 1_000 ? null : { withinMs, stableForMs, why };
}

function breakersOf(draft: Draft, effect: Effect, isSeenToEnd: boolean): readonly Line[] {
  const { kind, watched } = effect;
  const own = watched === null ? [] : [watchedLine(draft, effect, isSeenToEnd)];
  if (watched === 'gateway->order') return own;
  const why = effect.isLookUp
    ? 'Orders take another way, and go on.'
    : watched === null
      ? 'No breaker is before the gateway, and those behind it have nothing to complain about.'
      : kind === 'staysClosed'
        ? 'Nor has the gateway any reason to cut the order service off.'
        : 'The order service says "my dependency failed", and is well itself. The gateway must not cut it off for that.';
  return [...own, { why, text: 'gateway->order: { path: [closed] }' }];
}

function watchedLine(draft: Draft, { kind, watched, failAfterMs }: Effect, isSeenToEnd: boolean): Line {
  const link = watched ?? '';
  switch (kind) {
    case 'opens': {
      const path = isSeenToEnd ? '[closed, open, halfOpen, "...", closed]' : '[closed, open, "..."]';
      // Measured from a fault on the link itself, or in the service behind it; a database is one further away.
      const within = isDatabase(draft.target)
        ? ''
        : ` opensWithin: ${formatDuration(opensWithinMs(draft, failAfterMs))},`;
      return {
        why: '"..." is any run of states. A breaker that is named here is also held to its rule above, to the call.',
        text: `${link}: { path: ${path},${within} callsWhileOpen: 0 }`,
      };
    }
    case 'staysClosed':
      return { why: whyClosed(draft), text: `${link}: { path: [closed] }` };
    case 'unknown':
      return {
        why: 'Whether it opens depends on the dose and on the machine. Whatever it does, it must keep to its rule above.',
        text: `${link}: { path: [closed, "..."] }`,
      };
    default:
      return kind satisfies never;
  }
}

function whyClosed({ fault, status }: Draft): string {
  if (fault === 'decline') return 'A decline is an answer: somebody who says no is well. It must not open a breaker.';
  return fault === 'httpError'
    ? `A ${status} is an answer about the request, not a failure of who gives it. It must not open a breaker.`
    : 'Slow, but long before the timeout: late is not lost, and a breaker counts only what is lost.';
}

function duringOutage(draft: Draft, effect: Effect): readonly Line[] {
  const lookUps = effect.isLookUp ? successDuring('outage', { draft, most: 99 }) : null;
  const unharmed = lookUps === null ? [] : [{ why: 'Who orders notices nothing.', text: lookUps }];
  switch (effect.kind) {
    case 'opens':
      return [...unharmed, ...refusals(draft, effect)];
    case 'staysClosed':
      return [...unharmed, ...nuisance(draft, effect)];
    case 'unknown':
      return unharmed;
    default:
      return effect.kind satisfies never;
  }
}

/** Those that open the breaker and its probes fail; everybody else is refused at once. */
function refusals(draft: Draft, { isLookUp, failAfterMs }: Effect): readonly Line[] {
  const metric = isLookUp ? 'loads.look-up' : 'orders';
  const probes = 1_000 / (draft.perSecond * openForMs);
  const share = 1 - opensWithinMs(draft, failAfterMs) / draft.outageMs - probes;
  const percent = Math.floor(share * 9) * 10;
  return [
    ...(percent < 20
      ? []
      : [
          {
            why: 'A few calls open the breaker, and one now and then is its probe. Everybody else is refused without asking.',
            text: `${metric}.rejected >= ${percent}% during outage`,
          },
        ]),
    ...(percent < 60
      ? []
      : [
          {
            why: 'To be refused takes no time: that is what the breaker is for.',
            text: `${metric}.duration p(50) < 300ms during outage`,
          },
        ]),
  ].filter(({ text }) => isDecidable(text, draft));
}

function nuisance(draft: Draft, { watched, isLookUp }: Effect): readonly Line[] {
  const { fault, status, latencyMs, target } = draft;
  if (fault === 'decline') {
    const text = 'orders.declined >= 90% during outage';
    return isDecidable(text, draft) ? [{ why: 'Every customer is told no, and quickly.', text }] : [];
  }
  if (fault === 'httpError') {
    const text = 'orders.failed >= 90% during outage';
    return watched === null && status >= 500 && isDecidable(text, draft)
      ? [{ why: 'Nobody gets past the gateway.', text }]
      : [];
  }
  const link = 'link' in target ? target.link : watched;
  const metric = link === null ? 'orders' : `calls.${link}`;
  const seen = `${metric}.duration p(50) >= ${formatDuration(Math.max(1, Math.floor(latencyMs * 0.9)))} during outage`;
  const success =
    watched === null && latencyMs > 1_000
      ? null
      : successDuring('outage', { draft, most: 95, of: isLookUp ? 'loads.look-up' : 'orders' });
  return [
    ...(isDecidable(seen, draft) ? [{ why: 'The delay is really there …', text: seen }] : []),
    ...(success === null ? [] : [{ why: '… and nobody goes without an answer for it.', text: success }]),
  ];
}

const isDecidable = (text: string, draft: Draft): boolean => {
  const parsed = parseThreshold(text);
  return parsed.ok && arrivalsIn(draft, 'outage') >= samplesNeeded(parsed.threshold);
};

interface SuccessOptions {
  readonly draft: Draft;
  /** The percentage to promise where there is load enough. */
  readonly most: number;
  /** A window of this length must have enough arrivals too. */
  readonly stableForMs?: number | undefined;
  /** Default: orders. */
  readonly of?: string;
}

/** The highest percentage that so many orders can decide; null: not even half. */
function successDuring(
  phase: 'baseline' | 'outage',
  { draft, most, stableForMs, of = 'orders' }: SuccessOptions,
): string | null {
  const inWindow = stableForMs === undefined ? Number.POSITIVE_INFINITY : (draft.perSecond * stableForMs) / 1_000;
  const samples = Math.floor(Math.min(arrivalsIn(draft, phase), inWindow * 0.9));
  const percent = [99, 95, 90, 80, 50].find((each) => each <= most && samples >= 100 / (100 - each));
  return percent === undefined ? null : `${of}.success >= ${percent}% during ${phase}`;
}

function arrivalsIn({ perSecond, baselineMs, outageMs, recoveryMs }: Draft, phase: 'baseline' | 'outage'): number {
  const load: OpenLoad = {
    executor: 'constant-arrival-rate',
    perSecond,
    journey: 'place-order',
    arrivals: 'uniform',
    maxInFlight: 1,
  };
  const outageAt = warmupMs + baselineMs;
  const phases = [baselineMs, outageMs, recoveryMs].map((forMs) => ({ name: '', forMs, faults: [] }));
  const stretch = phase === 'baseline' ? { from: warmupMs, to: outageAt } : { from: outageAt, to: outageAt + outageMs };
  return plannedIn(load, stretch, { warmupMs, phases });
}
