// The scenario as a drawing: phases, loads and faults over one axis of seconds.
import type { Paint } from '../../report/paint.ts';
import type { Scenario } from '../schema.ts';
import { endOf, faultStretches } from '../timeline.ts';
import type { Glyphs } from './glyphs.ts';
import { type Scale, scaleOf } from './scale.ts';
import { faultLane, highestRate, loadLane, phaseLane } from './timeline-lanes.ts';
import { cut } from './wrap.ts';

export interface TimelineOptions {
  readonly width: number;
  readonly glyphs: Glyphs;
  readonly paint: Paint;
}

export function timelineLines(scenario: Scenario, { width, glyphs, paint }: TimelineOptions): readonly string[] {
  const loads = Object.entries(scenario.load);
  const faults = faultStretches(scenario);
  const names = ['phases', ...loads.map(([name]) => name), ...faults.map(({ id }) => id)];
  const nameCells = Math.min(20, Math.max(...names.map((name) => name.length)));
  const scale = scaleOf(endOf(scenario), width - nameCells - gutter);
  const highest = highestRate(Object.values(scenario.load), scenario, scale);
  const named = (name: string, cells: string): string =>
    `  ${cut(name, nameCells).padEnd(nameCells)}  ${cells}`.trimEnd();
  const dimWarmup = (line: string): string =>
    line.replace(new RegExp(`\\${glyphs.warmup}{1,}`), (stretch) => paint.dim(stretch));
  return [
    dimWarmup(named('phases', phaseLane(scenario, scale, glyphs))),
    ...loads.map(([name, load]) => named(name, loadLane(load, scenario, { scale, glyphs, highest }))),
    ...faults.flatMap((fault) =>
      faultLane(fault, scale, glyphs).map((cells, index) =>
        named(index === 0 ? fault.id : '', cells).replace(new RegExp(`${glyphs.fault}+`), (bar) => paint.bad(bar)),
      ),
    ),
    ...axis(scale, glyphs).map((cells) => paint.dim(named('', cells))),
  ];
}

// --- internal ---

/** Two before the names, two after them. */
const gutter = 4;

function axis({ cells, cellsOf, ticks }: Scale, { line, tick }: Glyphs): readonly string[] {
  const rule = Array.from({ length: cells }, () => line);
  let numbers = '';
  for (const at of ticks) {
    const { from } = cellsOf({ from: at, to: at });
    const number = `${at / 1_000}s`;
    rule[from] = tick;
    const start = Math.min(from, cells - number.length);
    if (start > numbers.length || numbers === '') numbers = numbers.padEnd(start) + number;
  }
  return [rule.join(''), numbers];
}
