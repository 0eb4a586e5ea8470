// What the timeline shows, as plain data: its lanes and charts are drawn from it, and the page's script reads it for the cursor.
import type { BreakerState } from '../../../services/contract/events.ts';
import type { Series } from '../../metrics/series.ts';
import type { RunResult } from '../../verdict/run-result.ts';

/** ms since the run's start, like all times here. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface TimelineData {
  readonly endMs: number;
  readonly phases: readonly (Stretch & { readonly name: string; readonly judged: boolean })[];
  readonly faults: readonly (Stretch & { readonly fault: string; readonly target: string; readonly dose: string })[];
  readonly breakers: readonly Lane[];
  readonly incidents: RunResult['incidents'];
  readonly series: Series;
}

/** A breaker's states, from 0 to the end without holes. */
export interface Lane {
  readonly link: string;
  readonly stays: readonly (Stretch & { readonly state: BreakerState })[];
}

export function timelineData({
  durationMs,
  phases,
  faults,
  transitions,
  times,
  incidents,
  series,
}: RunResult): TimelineData {
  // The last arrivals may have been due in a bucket that outlasts the record.
  const endMs = Math.max(1, Math.ceil(durationMs));
  const links = [...new Set([...Object.keys(times), ...transitions.map(({ link }) => link)])];
  return {
    endMs,
    phases: phases.map(({ name, judged, from, to }) => ({ name, judged, from: rounded(from), to: rounded(to) })),
    faults: faults.map(({ fault, target, dose, from, to }) => ({
      ...{ fault, target, dose, from: rounded(from) },
      to: to === null ? endMs : rounded(to),
    })),
    breakers: links.map((link) => ({ link, stays: staysOf(link, transitions, endMs) })),
    incidents: incidents.map(({ at, what }) => ({ at: rounded(at), what })),
    series: { ...series, p50: roundedAll(series.p50), p95: roundedAll(series.p95), p99: roundedAll(series.p99) },
  };
}

// --- internal ---

function staysOf(link: string, transitions: RunResult['transitions'], endMs: number): Lane['stays'] {
  const own = transitions.filter((transition) => transition.link === link);
  const [first] = own;
  const entered = [{ at: 0, to: first?.from ?? 'closed' } as const, ...own];
  return entered.map(({ at, to: state }, index) => {
    return { state, from: rounded(at), to: rounded(entered[index + 1]?.at ?? endMs) };
  });
}

/** Finer than a pixel can show, and than the clocks agree. */
const rounded = (value: number): number => Number(value.toFixed(1));
const roundedAll = (values: readonly (number | null)[]): readonly (number | null)[] =>
  values.map((value) => (value === null ? null : rounded(value)));
