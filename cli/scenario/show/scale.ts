// Moments of a run → cells of a line.
import type { Stretch } from '../timeline.ts';

export interface Cells {
  readonly from: number;
  /** Exclusive; always beyond `from`: a stretch shorter than a cell still shows one. */
  readonly to: number;
}

export interface Scale {
  readonly cells: number;
  readonly totalMs: number;
  readonly cellsOf: (stretch: Stretch) => Cells;
  /** Where the axis says the time, ms. */
  readonly ticks: readonly number[];
}

/** A number and the gap after it. */
const tickCells = 8;
const stepsMs = [100, 200, 500].flatMap((step) => [step, step * 10, step * 100, step * 1_000, step * 10_000]);

export function scaleOf(totalMs: number, cells: number): Scale {
  const place = (at: number): number => Math.round((at / totalMs) * cells);
  const enough = (totalMs / cells) * tickCells;
  const stepMs = stepsMs.toSorted((a, b) => a - b).find((step) => step >= enough) ?? totalMs;
  return {
    cells,
    totalMs,
    cellsOf: ({ from, to }) => {
      const first = Math.min(place(from), cells - 1);
      return { from: first, to: Math.min(cells, Math.max(first + 1, place(to))) };
    },
    ticks: Array.from({ length: Math.floor(totalMs / stepMs) + 1 }, (_, index) => index * stepMs),
  };
}
