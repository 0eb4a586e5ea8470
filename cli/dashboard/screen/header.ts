// The first line: which run, where it is, what the customers feel, how well the generator keeps up, and what is shown.
import type { Moment } from '../moment.ts';
import type { View } from '../view.ts';
import { verdictSpan } from './expectations.ts';
import { clock, perSecond, shortMs } from './figures.ts';
import type { Glyphs } from './glyphs.ts';
import { type Line, type Span, span, spread, widthOf } from './text.ts';

/** Later than this at p99, the generator is told as late. */
const lateMs = 20;

export function headerLine(moment: Moment, width: number, glyphs: Glyphs): Line {
  const { view } = moment;
  const end = [...modeSpans(moment, glyphs), span(' ')];
  const name = span(` SmartOrders ${glyphs.play} ${view.run?.scenario ?? 'no run'} `, 'bold');
  const parts = [phaseSpan(moment, glyphs), timeSpan(view), ...handSpan(view), ...flowSpans(view)];
  // What does not fit is left out whole, from the end.
  const start: Span[] = [name];
  for (const part of parts) {
    if (widthOf(start) + part.text.length + widthOf(end) + 3 <= width) start.push(span('  '), part);
  }
  return spread(start, end, width, glyphs);
}

// --- internal ---

function phaseSpan({ view: { phases, ended }, standings }: Moment, glyphs: Glyphs): Span {
  if (standings.verdict !== null) return verdictSpan(standings.verdict.word, glyphs);
  if (ended !== null) return span(ended.reason, ended.reason === 'completed' ? 'ok' : 'bad');
  const on = phases.findLast(({ state }) => state === 'on');
  return span(on?.name ?? '', 'accent');
}

function timeSpan({ now, run }: View): Span {
  const planned = run?.plannedEndMs ?? null;
  return span(planned === null ? clock(now) : `${clock(now)}/${clock(planned).replace('.0s', 's')}`);
}

const handSpan = ({ manual }: View): readonly Span[] => (manual.length === 0 ? [] : [span('MANUAL', 'warn')]);

function flowSpans({ seconds, loads, totals, ended }: View): readonly Span[] {
  const last = seconds.at(-1);
  const dropped = loads.reduce((sum, load) => sum + load.dropped, 0);
  const late = Math.max(0, ...loads.map(({ latenessP99 }) => latenessP99));
  // Of a run that is over its last second says little, and all of it much.
  const { p50, p99 } = (ended === null ? last?.all : totals) ?? totals;
  const flow = ended === null ? perSecond(last?.all.n ?? 0).padStart(5) : `${totals.planned} orders`;
  // Each figure keeps its place while it changes.
  const fixed = (ms: number | null): string => shortMs(ms).padStart(6);
  return [
    span(`${flow} p50 ${fixed(p50)} p99 ${fixed(p99)}`),
    span(`dropped ${dropped}`, dropped > 0 ? 'bad' : 'dim'),
    span(`late ${fixed(late)}`, late > lateMs ? 'warn' : 'dim'),
  ];
}

function modeSpans({ mode, view, until, speed, lost }: Moment, { play }: Glyphs): readonly Span[] {
  if (lost !== null) return [span('LOST', 'bad')];
  switch (mode) {
    case 'live':
      return [span('LIVE', 'ok')];
    case 'frozen':
      return [span('FROZEN', 'accent')];
    case 'past':
      return [span(`${Math.round((until - view.now) / 1_000)} s ago`, 'accent')];
    case 'over':
      return [span('OVER', 'accent')];
    case 'playing':
      return [span(`${play} ${speed}x`, 'accent')];
    case 'paused':
      return [span(`PAUSED ${speed}x`, 'accent')];
    default:
      return mode satisfies never;
  }
}
