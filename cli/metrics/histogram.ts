// A log-linear histogram of ms: pure; any quantile within 1 % (or 0.005 ms near zero).
// Values are counted in units of 0.01 ms. Below 128 units every unit has its bucket; above, each doubling has 64.

export interface Histogram {
  readonly counts: Uint32Array;
  readonly n: number;
  readonly max: number;
}

const unitsPerMs = 100;
const linear = 128;
const perDoubling = 64;
const doublings = 25;
const size = linear + perDoubling * doublings;

/** One that grows value by value; how many there were does not make it larger. */
export interface GrowingHistogram {
  readonly record: (value: number) => void;
  readonly read: () => Histogram;
}

export function growingHistogram(): GrowingHistogram {
  const counts = new Uint32Array(size);
  let n = 0;
  let max = 0;
  return {
    record: (value) => {
      const ms = Math.max(0, value);
      const bucket = bucketOf(ms);
      counts[bucket] = (counts[bucket] ?? 0) + 1;
      n += 1;
      max = Math.max(max, ms);
    },
    read: () => ({ counts, n, max }),
  };
}

export function histogramOf(values: Iterable<number>): Histogram {
  const { record, read } = growingHistogram();
  for (const value of values) record(value);
  return read();
}

/** As if all their values had gone into one. */
export function mergedHistogram(parts: readonly Histogram[]): Histogram {
  const counts = new Uint32Array(size);
  for (const part of parts)
    for (const [bucket, count] of part.counts.entries()) counts[bucket] = (counts[bucket] ?? 0) + count;
  return {
    counts,
    n: parts.reduce((sum, { n }) => sum + n, 0),
    max: parts.reduce((most, { max }) => Math.max(most, max), 0),
  };
}

/** The least value that at least a share `q` of the values do not exceed; 0 of none. */
export function quantile({ counts, n, max }: Histogram, q: number): number {
  const rank = Math.max(1, Math.ceil(q * n));
  let seen = 0;
  for (const [bucket, count] of counts.entries()) {
    seen += count;
    if (n > 0 && seen >= rank) return Math.min(max, middleOf(bucket));
  }
  return 0;
}

function bucketOf(ms: number): number {
  const units = Math.floor(ms * unitsPerMs);
  if (units < linear) return units;
  const doubling = Math.floor(Math.log2(units / linear));
  const within = Math.floor((units / (linear * 2 ** doubling) - 1) * perDoubling);
  return Math.min(size - 1, linear + doubling * perDoubling + within);
}

function middleOf(bucket: number): number {
  if (bucket < linear) return (bucket + 0.5) / unitsPerMs;
  const doubling = Math.floor((bucket - linear) / perDoubling);
  const within = (bucket - linear) % perDoubling;
  return (linear * 2 ** doubling * (1 + (within + 0.5) / perDoubling)) / unitsPerMs;
}
