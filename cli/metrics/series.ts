// What became of the arrivals, second by second: what charts are drawn from. It takes one event at a time and keeps no event,
// so its size grows with the length of a run and not with its load.
import type { EventOf, Outcome, RunEvent } from '../../services/contract/events.ts';
import { belongsAt } from './belongs-at.ts';
import { type GrowingHistogram, growingHistogram, mergedHistogram, quantile } from './histogram.ts';
import { byOutcome, isOrder } from './phase-metrics.ts';

type Column<T> = readonly T[];

/** Columns of equal length: a value a bucket, the first from 0 on, without holes. */
export interface Series {
  /** How long a bucket is, ms: a second, or more where the run would have too many of them. */
  readonly widthMs: number;
  /** Arrivals that were due in it. */
  readonly planned: Column<number>;
  /** Arrivals that were sent in it. */
  readonly sent: Column<number>;
  /** Of the arrivals that belong to it: due in it, or met by a fault in it on their way, as in a phase. */
  readonly outcomes: Readonly<Record<Outcome, Column<number>>>;
  /** Their durations, ms, from when they were due, within 1 %; null where none of them was sent. */
  readonly p50: Column<number | null>;
  readonly p95: Column<number | null>;
  readonly p99: Column<number | null>;
}

export interface SeriesFold {
  /** In the order in which they happened: a fault before the arrivals that it met. */
  readonly add: (event: RunEvent) => void;
  readonly series: () => Series;
}

export function seriesFold(): SeriesFold {
  // As in a phase: what else customers did counts only where nobody placed an order.
  const [orders, others] = [cellsBySecond(), cellsBySecond()];
  const faults: { readonly from: number }[] = [];
  return {
    add: (event) => {
      if (event.type === 'fault.set') faults.push({ from: event.at });
      if (event.type === 'request') (isOrder(event) ? orders : others).count(event, faults);
    },
    series: () => columnsOf(orders.cells.size > 0 ? orders.cells : others.cells),
  };
}

export function seriesOf(ordered: Iterable<RunEvent>): Series {
  const { add, series } = seriesFold();
  for (const event of ordered) add(event);
  return series();
}

// --- internal ---

const secondMs = 1_000;
/** More than a chart has room for. */
const mostBuckets = 300;

interface Cell {
  planned: number;
  sent: number;
  readonly counts: Record<Outcome, number>;
  readonly durations: GrowingHistogram;
}

function cellsBySecond() {
  const cells = new Map<number, Cell>();
  const cellAt = (at: number): Cell => {
    const second = Math.max(0, Math.floor(at / secondMs));
    const cell = cells.get(second) ?? {
      planned: 0,
      sent: 0,
      counts: { ...byOutcome(() => 0) },
      durations: growingHistogram(),
    };
    cells.set(second, cell);
    return cell;
  };
  const count = ({ dueAt, sentAt, doneAt, outcome }: EventOf<'request'>, faults: readonly { from: number }[]): void => {
    cellAt(dueAt).planned += 1;
    const own = cellAt(belongsAt(dueAt, doneAt, faults));
    own.counts[outcome] += 1;
    if (sentAt === null) return;
    cellAt(sentAt).sent += 1;
    own.durations.record(doneAt - dueAt);
  };
  return { cells, count };
}

function columnsOf(cells: ReadonlyMap<number, Cell>): Series {
  const length = [...cells.keys()].reduce((most, second) => Math.max(most, second + 1), 0);
  const width = widthFor(length);
  const grouped = Map.groupBy(cells, ([second]) => Math.floor(second / width));
  const buckets = Array.from({ length: Math.ceil(length / width) }, (_, index) =>
    (grouped.get(index) ?? []).map(([, cell]) => cell),
  );
  const sums = (of: (cell: Cell) => number) => buckets.map((bucket) => bucket.reduce((sum, cell) => sum + of(cell), 0));
  const durations = buckets.map((bucket) => mergedHistogram(bucket.map((cell) => cell.durations.read())));
  const quantiles = (q: number) => durations.map((histogram) => (histogram.n === 0 ? null : quantile(histogram, q)));
  return {
    widthMs: width * secondMs,
    planned: sums(({ planned }) => planned),
    sent: sums(({ sent }) => sent),
    outcomes: byOutcome((outcome) => sums(({ counts }) => counts[outcome])),
    p50: quantiles(0.5),
    p95: quantiles(0.95),
    p99: quantiles(0.99),
  };
}

/** Whole seconds: 1, 2, 5, 10, … */
function widthFor(seconds: number): number {
  for (let power = 1; ; power *= 10) {
    const fitting = [power, 2 * power, 5 * power].find((width) => seconds <= width * mostBuckets);
    if (fitting !== undefined) return fitting;
  }
}
