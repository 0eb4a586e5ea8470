// Where a value stands in a chart: 0 at the top, 100 at the bottom, as SVG counts.

export interface Scale {
  readonly y: (value: number) => number;
  /** Values worth a line and a figure, ascending. */
  readonly marks: readonly number[];
}

/** From 0 to the next round value. */
export function linear(most: number): Scale {
  // A little air, so that the highest value does not lie on the edge.
  const step = niceStep(Math.max(most, 1) / 3);
  const top = Math.ceil((Math.max(most, 1) * 1.02) / step - 1e-9) * step;
  const marks = Array.from({ length: Math.round(top / step) + 1 }, (_, index) => rounded(index * step));
  return { y: (value) => rounded(100 - (100 * value) / top), marks };
}

/** By powers of ten: what lasts seconds must not flatten what lasts milliseconds. */
export function logarithmic(least: number, most: number): Scale {
  const low = Math.floor(Math.log10(Math.max(least, 1)) + 1e-9);
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(most, 1)) - 1e-9));
  const marks = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index));
  const y = (value: number) => 100 - (100 * (Math.log10(Math.max(value, 10 ** low)) - low)) / (high - low);
  return { y: (value) => rounded(y(value)), marks };
}

/** The least of 1, 2, 5, 10, 20, … that is at least `least`. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((factor) => rounded(factor * power)).find((step) => step >= least - 1e-9) ?? 10 * power;
}

/** Moments for the axis, ms: at most about ten. */
export function ticks(endMs: number): readonly number[] {
  const step = niceStep(endMs / 10);
  return Array.from({ length: Math.floor(endMs / step) + 1 }, (_, index) => index * step);
}

const rounded = (value: number): number => Number(value.toFixed(3));
