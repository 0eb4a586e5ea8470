// Processes that stood still, and what that means for times that were measured meanwhile. A breaker's timer cannot fire while
// its event loop stands: that much later is allowed. And a promise that is only broken by requests which were under way
// while the machine gave some service no processor is not broken by the system: it is inconclusive.
import type { EventOf } from '../../services/contract/events.ts';
import type { RunRecord } from '../metrics/record.ts';
import { ms } from './figures.ts';
import type { Span } from './sample.ts';

type Stall = EventOf<'stall'>;

/** ms. A Node timer may fire up to 1 ms early by CLOCK_MONOTONIC. */
export const earlyMs = 2;
/** ms. Stalls are told from 40 ms on, by a tick of 20 ms: what is not told is less than this. */
export const lateMs = 100;

export interface Starved extends Span {
  readonly service: string;
}

const spanOf = (stall: Stall): Span => ({ from: stall.at - stall.ms, to: stall.at });

/** ms that a process stood still within a stretch, for whatever reason. */
export const stoodStill = ({ stalls }: RunRecord, src: string, { from, to }: Span): number =>
  overlapMs(stalls.filter((stall) => stall.src === src).map(spanOf), { from, to });

/** ms of a stretch that the spans cover; where two of them overlap, twice. */
export const overlapMs = (spans: readonly Span[], { from, to }: Span): number =>
  spans.reduce((sum, span) => sum + Math.max(0, Math.min(span.to, to) - Math.max(span.from, from)), 0);

/** Half of the time at least went by without a processor: a service that is busy with itself is none of these. */
export const starvedIn = ({ stalls }: RunRecord): readonly Starved[] =>
  stalls
    .filter((stall) => stall.cpuMs < stall.ms / 2)
    .map((stall) => ({ ...spanOf(stall), service: stall.src.split('/')[0] ?? stall.src }));

export const meets = (spans: readonly Span[], from: number, to: number): boolean =>
  spans.some((span) => from < span.to && to > span.from);

export const starvedReason = (starved: readonly Starved[]): string =>
  `only what was under way while the machine gave no processor to ${starvedText(starved)} breaks it`;

/** `order for 350 ms, user for 61 ms`. */
export function starvedText(starved: readonly Starved[]): string {
  const byService = Map.groupBy(starved, ({ service }) => service);
  const totals = [...byService].map(([service, spans]) => {
    const total = spans.reduce((sum, { from, to }) => sum + to - from, 0);
    return `${service} for ${ms(Math.round(total))}`;
  });
  return totals.join(', ');
}
