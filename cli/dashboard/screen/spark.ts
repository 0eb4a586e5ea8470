// A run of values as bars, one cell a value and as many rows as there is room. null: no data, a gap.

export interface SparkOptions {
  readonly width: number;
  readonly height: number;
  readonly levels: readonly string[];
  /** What fills a bar to the top. */
  readonly highest: number;
  readonly log?: boolean;
}

/** What a log scale can tell apart at its foot, ms. */
const lowest = 1;

/** The newest value is at the right. */
export function spark(values: readonly (number | null)[], options: SparkOptions): readonly string[] {
  const { width, height, levels } = options;
  const shown = values.slice(-width);
  const steps = shown.map((value) => (value === null ? null : stepOf(value, options)));
  const padding = ' '.repeat(Math.max(0, width - shown.length));
  return Array.from({ length: height }, (_, row) => {
    const floor = (height - 1 - row) * levels.length;
    const cells = steps.map((step) =>
      step === null || step <= floor ? ' ' : (levels[Math.min(levels.length, step - floor) - 1] ?? ' '),
    );
    return padding + cells.join('');
  });
}

// --- internal ---

/** 0 is nothing at all; what is more has at least the lowest step. */
function stepOf(value: number, { height, levels, highest, log = false }: SparkOptions): number {
  if (value <= 0) return 0;
  const share = log
    ? Math.log(Math.max(value, lowest) / lowest) / Math.log(Math.max(highest, 10) / lowest)
    : value / highest;
  return Math.max(1, Math.min(levels.length * height, Math.ceil(share * levels.length * height)));
}
