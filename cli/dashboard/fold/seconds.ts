// Counts and percentiles by the second, bounded: what is older than `keep` is forgotten, and after a few seconds only figures stay.
import { percentileOf } from '../../metrics/distribution.ts';
import type { Second, Slice } from '../view.ts';

export interface Seconds<K extends string> {
  /** `ms` null: it took no time worth telling. */
  readonly add: (at: number, kind: K, ms: number | null) => void;
  /** The seconds from `first` to `last`, both included, those of which there is something. */
  readonly list: (first: number, last: number) => readonly Second<K>[];
  readonly at: (second: number) => Second<K> | null;
}

interface Cell<K extends string> {
  readonly counts: Record<K, number>;
  /** null: sealed, only the figures are kept. */
  values: Record<K, number[]> | null;
  figures: Second<K> | null;
}

/** How long durations are kept for one that comes late. */
const openSeconds = 5;

export const secondOf = (at: number): number => Math.floor(at / 1_000);

export function createSeconds<K extends string>(kinds: readonly K[], keep: number): Seconds<K> {
  const cells = new Map<number, Cell<K>>();
  let latest = Number.NEGATIVE_INFINITY;

  function cellOf(second: number): Cell<K> {
    const known = cells.get(second);
    if (known !== undefined) return known;
    const cell: Cell<K> = { counts: record(kinds, () => 0), values: record(kinds, () => []), figures: null };
    cells.set(second, cell);
    return cell;
  }

  function advance(second: number): void {
    latest = second;
    for (const [old, cell] of cells) {
      if (old <= latest - keep) cells.delete(old);
      else if (old <= latest - openSeconds && cell.values !== null) {
        cell.figures = figuresOf(old, cell, kinds);
        cell.values = null;
      }
    }
  }

  function read(second: number): Second<K> | null {
    const cell = cells.get(second);
    if (cell === undefined) return null;
    cell.figures ??= figuresOf(second, cell, kinds);
    return cell.figures;
  }

  return {
    add: (at, kind, ms) => {
      const second = secondOf(at);
      if (second <= latest - openSeconds) return;
      const cell = cellOf(second);
      cell.counts[kind] += 1;
      if (ms !== null) cell.values?.[kind].push(ms);
      cell.figures = null;
      if (second > latest) advance(second);
    },
    list: (first, last) => {
      const found: Second<K>[] = [];
      for (let second = Math.max(first, latest - keep); second <= Math.min(last, latest); second += 1) {
        const figures = read(second);
        if (figures !== null) found.push(figures);
      }
      return found;
    },
    at: read,
  };
}

// --- internal ---

function figuresOf<K extends string>(second: number, { counts, values }: Cell<K>, kinds: readonly K[]): Second<K> {
  const durations = (kind: K): readonly number[] => values?.[kind] ?? [];
  const total = kinds.reduce((sum, kind) => sum + counts[kind], 0);
  return {
    second,
    all: sliceOf(total, kinds.flatMap(durations)),
    by: record(kinds, (kind) => sliceOf(counts[kind], durations(kind))),
  };
}

function sliceOf(n: number, values: readonly number[]): Slice {
  if (values.length === 0) return { n, p50: null, p99: null };
  const sorted = values.toSorted((a, b) => a - b);
  return { n, p50: percentileOf(sorted, 50), p99: percentileOf(sorted, 99) };
}

/** The one cast: `fromEntries` cannot tell the type checker that every key is there. */
function record<K extends string, V>(keys: readonly K[], valueFor: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, valueFor(key)])) as Record<K, V>;
}
