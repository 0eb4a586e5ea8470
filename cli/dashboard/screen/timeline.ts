// The run over time: phases, faults, a lane for each breaker that matters, and where we are.
import type { BreakerState } from '../../../services/contract/events.ts';
import { concerns } from '../../scenario/concerns.ts';
import { type Scale, scaleOf } from '../../scenario/show/scale.ts';
import type { FaultView, LinkView, Tone, View } from '../view.ts';
import { age } from './figures.ts';
import { innerHeight, innerWidth, type Size } from './frame.ts';
import type { Glyphs } from './glyphs.ts';
import { type Line, left, type Span, span } from './text.ts';
import { nameOf } from './topology.ts';

export interface TimelineOptions extends Size {
  readonly chosen: number;
  readonly glyphs: Glyphs;
}

const nameCells = 20;
/** Of a fleet without a run: the last two minutes. */
const windowMs = 120_000;
const rank: Readonly<Record<BreakerState, number>> = { closed: 1, open: 2, halfOpen: 3 };

export function timelineLines(view: View, { width, height, chosen, glyphs }: TimelineOptions): readonly Line[] {
  const rows = innerHeight(height);
  const axis = axisOf(view, Math.max(10, innerWidth(width) - nameCells - 1));
  const draw = { axis, glyphs, now: view.now };
  const named = (name: string, tone: Tone, cells: Line): Line => [span(left(name, nameCells, glyphs), tone), ...cells];
  const lanes = lanesOf(view, chosen).map((link) => named(nameOf(link, glyphs), 'plain', laneOf(link, draw)));
  const faults = faultRows(view.faults, Math.max(1, rows - 2 - lanes.length)).map(({ name, own }) =>
    named(name, own.some(({ state }) => state === 'on') ? 'bad' : 'dim', faultLane(own, draw)),
  );
  const top = [named('phase', 'dim', phaseLane(view, draw)), ...faults];
  return [...top, ...lanes].slice(0, Math.max(1, rows - 1)).concat([named('', 'plain', numbers(draw))]);
}

/** Its lines, were there room for all: phases, faults, breakers, the axis. */
export const lanesIn = (view: View, chosen: number): number =>
  2 + kindsOf(view.faults).length + lanesOf(view, chosen).length;

export const legend = ({ lanes, fault, planned }: Glyphs): string =>
  `${fault} fault  ${planned} planned  ${lanes.open} open  ${lanes.halfOpen} half-open `;

// --- internal ---

interface Axis {
  readonly scale: Scale;
  /** The moment at the left. */
  readonly from: number;
}
interface Draw {
  readonly axis: Axis;
  readonly glyphs: Glyphs;
  readonly now: number;
}

function axisOf({ run, now }: View, cells: number): Axis {
  const planned = run?.plannedEndMs ?? null;
  if (planned !== null) return { from: 0, scale: scaleOf(Math.max(planned, now), cells) };
  return { from: Math.max(0, now - windowMs), scale: scaleOf(Math.min(windowMs, Math.max(now, 1_000)), cells) };
}

const cellsOf = (
  { scale, from: start }: Axis,
  from: number,
  to: number,
): { readonly from: number; readonly to: number } =>
  to <= start ? { from: 0, to: 0 } : scale.cellsOf({ from: Math.max(0, from - start), to: to - start });

/** Those that moved or are concerned by a fault, the latest first to claim room, then the chosen one. */
function lanesOf({ links, faults }: View, chosen: number): readonly LinkView[] {
  const own = links.filter(({ breaker }) => breaker !== null);
  const movedAt = ({ transitions }: LinkView): number => transitions.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  const matters = (link: LinkView): boolean =>
    link.transitions.length > 0 ||
    faults.some(({ target }) => concerns(target, link.id)) ||
    link.id === links[chosen]?.id;
  return own.filter(matters).toSorted((a, b) => movedAt(b) - movedAt(a));
}

/** A state that is shorter than a cell still wins it: half-open over open over closed. */
function laneOf({ transitions }: LinkView, { axis, glyphs, now }: Draw): Line {
  const states: (BreakerState | null)[] = Array.from({ length: axis.scale.cells }, () => null);
  const mark = (state: BreakerState, from: number, to: number): void => {
    const cells = cellsOf(axis, from, to);
    for (let cell = cells.from; cell < cells.to; cell += 1) {
      const known = states[cell] ?? null;
      if (known === null || rank[state] > rank[known]) states[cell] = state;
    }
  };
  mark(transitions[0]?.from ?? 'closed', axis.from, transitions[0]?.at ?? now);
  for (const [index, { at, to }] of transitions.entries()) mark(to, at, transitions[index + 1]?.at ?? now);
  const tones = { closed: 'ok', open: 'bad', halfOpen: 'warn' } as const;
  return merged(states.map((state) => (state === null ? span(' ') : span(glyphs.lanes[state], tones[state]))));
}

interface FaultRow {
  readonly name: string;
  readonly own: readonly FaultView[];
}

const kindsOf = (faults: readonly FaultView[]): readonly FaultRow[] =>
  [...Map.groupBy(faults, ({ target, dose }) => `${target} ${dose}`)].map(([name, own]) => ({ name, own }));

/** A row each where there is room, the latest; else all in one. */
function faultRows(faults: readonly FaultView[], room: number): readonly FaultRow[] {
  if (faults.length === 0) return [];
  const byTarget = kindsOf(faults);
  if (byTarget.length <= room) return byTarget;
  const on = faults.filter(({ state }) => state === 'on');
  return [{ name: on.length === 1 ? (on[0]?.target ?? '') : `${on.length} faults on`, own: faults }];
}

function faultLane(faults: readonly FaultView[], { axis, glyphs, now }: Draw): Line {
  const cells: Span[] = Array.from({ length: axis.scale.cells }, () => span(' '));
  const mark = (from: number, to: number, content: Span): void => {
    if (to <= from) return;
    const place = cellsOf(axis, from, to);
    for (let cell = place.from; cell < place.to; cell += 1) cells[cell] = content;
  };
  for (const { from, to, state } of faults) {
    const end = to ?? now;
    if (state !== 'gone') mark(state === 'planned' ? from : now, end, span(glyphs.planned, 'dim'));
    if (state !== 'planned') mark(from, Math.min(end, Math.max(now, from + 1)), span(glyphs.fault, 'bad'));
  }
  return merged(cells);
}

function phaseLane({ phases }: View, { axis, glyphs }: Draw): Line {
  const { cells } = axis.scale;
  const places = phases.map((phase) => ({ phase, ...cellsOf(axis, phase.from, phase.to) }));
  const spans: Span[] = [];
  let at = 0;
  for (const [index, { phase, from }] of places.entries()) {
    const end = Math.min(cells, places[index + 1]?.from ?? cells);
    if (end <= Math.max(at, from)) continue;
    const start = Math.max(at, from);
    spans.push(span(' '.repeat(start - at)));
    spans.push(span(left(`${glyphs.edge}${phase.name}`, end - start, glyphs), phase.state === 'on' ? 'bold' : 'dim'));
    at = end;
  }
  return spans;
}

function numbers({ axis, glyphs, now }: Draw): Line {
  const { scale, from } = axis;
  const place = cellsOf(axis, now, now + 1).from;
  const isLeft = place + 5 > scale.cells;
  const marker = isLeft ? `now ${glyphs.now}` : `${glyphs.now} now`;
  const at = isLeft ? place - 4 : place;
  const isFree = (start: number, end: number): boolean => end < at || start > at + marker.length;
  let text = '';
  for (const tick of scale.ticks) {
    const cell = scale.cellsOf({ from: tick, to: tick }).from;
    const number = age(tick + from).replace('.0s', 's');
    const end = cell + number.length;
    const isApart = text === '' || cell > text.length;
    if (isApart && end <= scale.cells && isFree(cell, end)) text = text.padEnd(cell) + number;
  }
  const padded = text.padEnd(scale.cells);
  return [span(padded.slice(0, at), 'dim'), span(marker, 'accent'), span(padded.slice(at + marker.length), 'dim')];
}

/** Neighbours of one tone as one span. */
function merged(cells: readonly Span[]): Line {
  const spans: Span[] = [];
  for (const cell of cells) {
    const last = spans.at(-1);
    if (last !== undefined && last.tone === cell.tone) spans[spans.length - 1] = span(last.text + cell.text, cell.tone);
    else spans.push(cell);
  }
  return spans;
}
