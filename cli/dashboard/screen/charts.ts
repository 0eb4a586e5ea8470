// Throughput and latency by outcome over the last minutes, a row or more each: the rate linear, the p99 on a log scale, gaps for no data.
import type { Second, Slice, Tone } from '../view.ts';
import { perSecond, shortMs } from './figures.ts';
import { innerHeight, innerWidth, type Size } from './frame.ts';
import type { Glyphs } from './glyphs.ts';
import { spark } from './spark.ts';
import { type Line, left, line, right, span } from './text.ts';

export interface Series<K extends string> {
  readonly kind: K;
  readonly tone: Tone;
}

export interface ChartOptions<K extends string> extends Size {
  /** In the order of the rows. */
  readonly series: readonly Series<K>[];
  /** Shown though there is none of it. */
  readonly always: readonly K[];
  /** The last second that is over. */
  readonly whole: number;
  readonly glyphs: Glyphs;
}

const nameCells = 10;
const rateCells = 7;
const latencyCells = 8;
const gap = 2;
const leastCells = 4;
const tallest = 6;

export function chartLines<K extends string>(seconds: readonly Second<K>[], options: ChartOptions<K>): readonly Line[] {
  const { width, height, series, always, whole, glyphs } = options;
  const room = innerHeight(height);
  const cells = Math.max(leastCells, Math.floor((innerWidth(width) - nameCells - rateCells - latencyCells - gap) / 2));
  const bySecond = new Map(seconds.map((second) => [second.second, second]));
  const slots = Array.from({ length: cells }, (_, index) => bySecond.get(whole - cells + 1 + index) ?? null);
  const isThere = (kind: K): boolean => always.includes(kind) || seconds.some(({ by }) => by[kind].n > 0);
  const rows = series.filter(({ kind }) => isThere(kind)).slice(0, room);
  const height1 = Math.max(1, Math.min(tallest, Math.floor(room / Math.max(1, rows.length))));
  const highest = Math.max(
    1,
    ...slots.flatMap((slot) => (slot === null ? [] : rows.map(({ kind }) => slot.by[kind].n))),
  );
  const slowest = Math.max(
    100,
    ...slots.flatMap((slot) => (slot === null ? [] : rows.map(({ kind }) => slot.by[kind].p99 ?? 0))),
  );
  if (rows.length === 0) return [line('nothing yet', 'dim')];
  return rows.flatMap(({ kind, tone }) => {
    const own = slots.map((slot): Slice | null => slot?.by[kind] ?? null);
    const last = own.at(-1) ?? null;
    const isQuiet = last === null || last.n === 0;
    const bars = { width: cells, height: height1, levels: glyphs.levels };
    const rates = spark(
      own.map((slice) => slice?.n ?? null),
      { ...bars, highest },
    );
    const latencies = spark(
      own.map((slice) => slice?.p99 ?? null),
      { ...bars, highest: slowest, log: true },
    );
    return rates.map((rate, row): Line => {
      const isFoot = row === rates.length - 1;
      return [
        span(left(isFoot ? kind : '', nameCells, glyphs), isQuiet ? 'dim' : 'plain'),
        span(right(isFoot ? perSecond(last?.n ?? 0) : '', rateCells, glyphs), isQuiet ? 'dim' : tone),
        span(` ${rate} `, tone),
        span(right(isFoot ? shortMs(last?.p99 ?? null) : '', latencyCells - 1, glyphs), isQuiet ? 'dim' : tone),
        span(` ${latencies[row] ?? ''}`, tone),
      ];
    });
  });
}

export const orderSeries = [
  { kind: 'success', tone: 'ok' },
  { kind: 'declined', tone: 'ok' },
  { kind: 'rejected', tone: 'warn' },
  { kind: 'failed', tone: 'bad' },
  { kind: 'unknown', tone: 'bad' },
  { kind: 'dropped', tone: 'bad' },
] as const;

export const callSeries = [
  { kind: 'success', tone: 'ok' },
  { kind: 'failure', tone: 'bad' },
  { kind: 'rejected', tone: 'warn' },
  { kind: 'cancelled', tone: 'dim' },
] as const;
