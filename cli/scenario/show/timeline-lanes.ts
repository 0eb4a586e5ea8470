// The lanes of the timeline, each as one string of `scale.cells` characters at most.
import { describeFault } from '../describe-fault.ts';
import { isOpen, type Load } from '../load.ts';
import { courseOf } from '../rate-course.ts';
import { type FaultStretch, loadStretch, phaseStretches, type Timed } from '../timeline.ts';
import type { Glyphs } from './glyphs.ts';
import type { Cells, Scale } from './scale.ts';
import { cut } from './wrap.ts';

/** Phases by name, each beginning with an edge; the warm-up hatched. */
export function phaseLane(timed: Timed, scale: Scale, { edge, warmup }: Glyphs): string {
  const warm = timed.warmupMs > 0 ? [{ name: '', from: 0, to: timed.warmupMs }] : [];
  const all = [...warm, ...phaseStretches(timed).map(({ phase: { name }, from, to }) => ({ name, from, to }))];
  const starts = all.map((stretch, index) => Math.min(scale.cellsOf(stretch).from, scale.cells - all.length + index));
  // Each begins beyond the one before it, so that the shortest still has its cell.
  for (const [index, start] of starts.entries()) starts[index] = Math.max(start, (starts[index - 1] ?? -1) + 1);
  return all
    .map(({ name }, index) => {
      const length = Math.max(0, (starts[index + 1] ?? scale.cells) - (starts[index] ?? 0));
      return name === '' ? warmup.repeat(length) : (edge + cut(name, length - 1)).padEnd(length).slice(0, length);
    })
    .join('')
    .slice(0, scale.cells);
}

/** As high as its rate is, of `highest` (arrivals per ms). */
export function loadLane(load: Load, timed: Timed, { scale, glyphs, highest }: LoadLaneOptions): string {
  const stretch = loadStretch(load, timed);
  if (stretch === null) return '';
  const { from, to } = scale.cellsOf(stretch);
  const before = ' '.repeat(from);
  if (!isOpen(load)) return before + glyphs.closed.repeat(to - from);
  const levels = ratesOf(load, timed, scale).map((rate) => {
    const level = Math.ceil((rate / highest) * glyphs.levels.length) - 1;
    return glyphs.levels[Math.min(Math.max(level, 0), glyphs.levels.length - 1)] ?? '';
  });
  return before + levels.join('');
}

export interface LoadLaneOptions {
  readonly scale: Scale;
  readonly glyphs: Glyphs;
  readonly highest: number;
}

export function highestRate(loads: readonly Load[], timed: Timed, scale: Scale): number {
  return Math.max(...loads.flatMap((load) => ratesOf(load, timed, scale)), Number.MIN_VALUE);
}

/** The bar, and what it is after it, before it, or on a line of its own. */
export function faultLane({ spec, ...stretch }: FaultStretch, scale: Scale, glyphs: Glyphs): readonly string[] {
  const bar = scale.cellsOf(stretch);
  const { target, dose } = describeFault(spec);
  const label = `${target} ${dose}`.replaceAll('±', glyphs.fault === '▓' ? '±' : '+-');
  return labelled(bar, label, { cells: scale.cells, fill: glyphs.fault });
}

// --- internal ---

function labelled(bar: Cells, label: string, { cells, fill }: { cells: number; fill: string }): readonly string[] {
  const drawn = fill.repeat(bar.to - bar.from);
  if (bar.to + 1 + label.length <= cells) return [`${' '.repeat(bar.from)}${drawn} ${label}`];
  if (label.length + 1 <= bar.from) return [`${label.padStart(bar.from - 1)} ${drawn}`];
  return [' '.repeat(bar.from) + drawn, cut(label, cells).padStart(Math.min(cells, Math.max(bar.to, label.length)))];
}

/** The average of each cell that the load covers, arrivals per ms. */
function ratesOf(load: Load, timed: Timed, scale: Scale): readonly number[] {
  const stretch = loadStretch(load, timed);
  if (stretch === null || !isOpen(load)) return [];
  const course = courseOf(load, Math.max(0, timed.warmupMs - stretch.from));
  const cellMs = scale.totalMs / scale.cells;
  const { from, to } = scale.cellsOf(stretch);
  const countAt = (at: number): number =>
    course.countAt(Math.min(Math.max(at, stretch.from), stretch.to) - stretch.from);
  return Array.from({ length: to - from }, (_, index) => {
    const [begin, end] = [(from + index) * cellMs, (from + index + 1) * cellMs];
    const lengthMs = Math.min(end, stretch.to) - Math.max(begin, stretch.from);
    return lengthMs > 0 ? (countAt(end) - countAt(begin)) / lengthMs : 0;
  });
}
