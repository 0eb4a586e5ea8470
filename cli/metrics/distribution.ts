// Some ms values in figures. Quantiles are exact (nearest rank), since verdicts hang on them.

export interface Distribution {
  readonly n: number;
  /** All in ms, 0 where n is 0. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly avg: number;
}

export function distributionOf(values: readonly number[]): Distribution {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    n: sorted.length,
    p50: percentileOf(sorted, 50),
    p95: percentileOf(sorted, 95),
    p99: percentileOf(sorted, 99),
    max: sorted.at(-1) ?? 0,
    avg: sorted.length === 0 ? 0 : sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
  };
}

/** Nearest rank: the least value that at least `percent` % of the values do not exceed. `sorted` ascends; 0 of none. */
export function percentileOf(sorted: readonly number[], percent: number): number {
  // 99 % of 200 is 198.00000000000003 in floating point, which must not become rank 199.
  const rank = Math.ceil((percent / 100) * sorted.length - 1e-9);
  return sorted[Math.max(1, rank) - 1] ?? 0;
}

export const medianOf = (values: readonly number[]): number =>
  percentileOf(
    values.toSorted((a, b) => a - b),
    50,
  );
