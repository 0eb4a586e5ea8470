// What a fault will do to the fleet, as far as anybody can promise it before a run.
//
//   every call fails            the breaker before it opens
//   calls are slow, or told no  the breaker stays closed
//   anything between            nobody can say; only what holds whatever happens may be promised
import { type LinkId, links } from '../../../services/fleet.ts';
import type { Draft, Target } from './draft.ts';

export interface Effect {
  readonly kind: 'opens' | 'staysClosed' | 'unknown';
  /** The link whose breaker sees the fault; null: the fault is in the gateway, which no link leads to. */
  readonly watched: LinkId | null;
  /** A look-up, not an order, is what goes over the watched link. */
  readonly isLookUp: boolean;
  /** Until a call under the fault has failed, ms. */
  readonly failAfterMs: number;
}

export const openForMs = 2_000;
/** Of a database link: shorter than what its service's callers wait, so that the service itself can say what is wrong. */
export const databaseTimeoutMs = 500;
/** Shorter than openFor, as it must be. */
export const timeoutMs = (link: LinkId): number => (link.startsWith('gateway->') ? 1_500 : 1_000);

export function effectOf(draft: Draft): Effect {
  const watched = watchedBy(draft.target);
  const isLookUp = watched === 'gateway->user' || watched === 'gateway->inventory';
  const tried = watched === null ? { kind: 'staysClosed' as const, isSlow: false } : outcomeOf(draft, watched);
  const failAfterMs = watched !== null && tried.isSlow ? timeoutMs(watched) : 0;
  const kind =
    tried.kind === 'opens' && draft.outageMs < opensWithinMs(draft, failAfterMs) + 500 ? 'unknown' : tried.kind;
  return { kind, watched, isLookUp, failAfterMs };
}

/** Three arrivals that fail, and a second for a busy machine. */
export const opensWithinMs = ({ perSecond }: Draft, failAfterMs: number): number =>
  Math.ceil((1_000 + failAfterMs + 3_000 / perSecond) / 500) * 500;

export const isDatabase = (target: Target): boolean => 'link' in target && target.link.endsWith('->db');

// --- internal ---

interface Tried {
  readonly kind: Effect['kind'];
  /** A call waits for its timeout before it fails. */
  readonly isSlow: boolean;
}

/** The link into what is broken, or into the service behind which it is: the one that orders take. */
function watchedBy(target: Target): LinkId | null {
  const link = 'link' in target ? links.find(({ id }) => id === target.link) : undefined;
  if (link !== undefined && link.callee !== 'db') return link.id;
  const broken = 'service' in target ? target.service : link?.caller;
  if (broken === 'order') return 'gateway->order';
  return links.find(({ id, callee }) => callee === broken && id.startsWith('order->'))?.id ?? null;
}

function outcomeOf(draft: Draft, watched: LinkId): Tried {
  const isInDatabase = isDatabase(draft.target);
  switch (draft.fault) {
    case 'down':
    case 'resetPeer':
      return { kind: 'opens', isSlow: isInDatabase };
    case 'timeout':
      return { kind: 'opens', isSlow: true };
    case 'limitData':
      // The head of an HTTP answer alone is longer. What a database says may be shorter.
      return { kind: draft.bytes <= 60 && !isInDatabase ? 'opens' : 'unknown', isSlow: false };
    case 'httpError':
      return { kind: draft.status >= 500 ? 'opens' : 'staysClosed', isSlow: false };
    case 'decline':
      return { kind: 'staysClosed', isSlow: false };
    case 'latency':
    case 'httpDelay':
      return {
        kind: slowness(draft, isInDatabase, isInDatabase ? databaseTimeoutMs : timeoutMs(watched)),
        isSlow: true,
      };
    case 'bandwidth':
    case 'slicer':
    case 'slowClose':
      return { kind: 'unknown', isSlow: true };
    default:
      return draft.fault satisfies never;
  }
}

/** Statements that an order makes over one database link, at most. */
const statements = 4;
/** A service has so many connections to its database that at least these are free. */
const connections = 4;

function slowness({ latencyMs, perSecond }: Draft, isInDatabase: boolean, limitMs: number): Tried['kind'] {
  if (latencyMs >= limitMs * 1.5) return 'opens';
  const isCrowded = isInDatabase && (latencyMs / 1_000) * perSecond * statements > connections;
  return latencyMs <= limitMs / 4 && !isCrowded ? 'staysClosed' : 'unknown';
}
