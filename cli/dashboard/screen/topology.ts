// Every link: what its breaker does, since when, when it will probe, how much goes through, how late, and how much is cut off.
import { concerns } from '../../scenario/concerns.ts';
import type { BreakerView, LinkView, Tone, View } from '../view.ts';
import { age, percent, perSecond, shortMs } from './figures.ts';
import { innerHeight, innerWidth } from './frame.ts';
import type { Glyphs } from './glyphs.ts';
import { cut, type Line, left, line, right, type Span, span } from './text.ts';

export interface TopologyOptions {
  readonly width: number;
  readonly height: number;
  /** Its place among all links. */
  readonly chosen: number;
  readonly glyphs: Glyphs;
}

const nameCells = 20;
const stateCells = 26;
const figureColumns = [
  { head: 'rate', cells: 6 },
  { head: 'p99', cells: 7 },
  { head: 'cut', cells: 6 },
] as const;
const leastCauseCells = 16;

/** Over the columns, up to the right edge. */
export function heads(width: number): string {
  const { figures, cause } = columnsOf(innerWidth(width));
  if (figures === 0) return '';
  const over = figureColumns.slice(0, figures).map(({ head, cells }) => head.padStart(cells));
  return `${over.join('')}${cause > 0 ? `  ${'why'.padEnd(cause)}` : ''} `;
}

export function topologyLines({ links, faults, now }: View, options: TopologyOptions): readonly Line[] {
  const { width, height, chosen, glyphs } = options;
  const { figures, cause } = columnsOf(innerWidth(width));
  const broken = faults.filter(({ state }) => state === 'on').map(({ target }) => target);
  const rows = links.map((link, index): { readonly link: LinkView; readonly content: Line } => {
    const isHit = broken.some((target) => concerns(target, link.id));
    const columns = [
      span(index === chosen ? glyphs.chosen : ' ', 'accent'),
      span(left(nameOf(link, glyphs), nameCells, glyphs), index === chosen ? 'bold' : 'plain'),
      ...stateSpans(link, { now, glyphs }),
      ...figuresOf(link, glyphs).slice(0, figures),
      ...(cause > 0 ? [causeSpan(link, { isHit, cells: cause, glyphs })] : []),
    ];
    return { link, content: columns };
  });
  return shown(rows, innerHeight(height), chosen);
}

export const nameOf = ({ caller, callee }: Pick<LinkView, 'caller' | 'callee'>, { arrow }: Glyphs): string =>
  `${caller} ${arrow} ${callee}`;

export const toneOf = ({ state, byHand }: BreakerView): Tone =>
  byHand !== null && state === 'closed' ? 'warn' : ({ closed: 'ok', open: 'bad', halfOpen: 'warn' } as const)[state];

/** `OPEN 7.2s probes in 2.8s`, `closed  streak 1/3`. */
export function stateText(breaker: BreakerView, { policy }: Pick<LinkView, 'policy'>, now: number): string {
  const { state, since, byHand } = breaker;
  const aged = since === null ? '' : ` ${age(now - since)}`;
  if (byHand !== null) return `${wordOf(state)} ${byHand}`;
  if (state === 'halfOpen') return `HALF-OPEN${aged} probing`;
  if (state === 'open') {
    const left = breaker.probesAt === null ? '' : ` probes in ${age(breaker.probesAt - now)}`;
    return `OPEN${aged}${left}`;
  }
  return `closed  ${countText(breaker, policy)}`;
}

// --- internal ---

const wordOf = (state: BreakerView['state']): string =>
  state === 'halfOpen' ? 'HALF-OPEN' : state === 'open' ? 'OPEN' : 'closed';

function countText({ streak, window }: BreakerView, { breaker }: LinkView['policy']): string {
  if (breaker === null) return '';
  if (breaker.rule === 'consecutive') return `streak ${streak}/${breaker.failureThreshold}`;
  const share = window === null || window.calls === 0 ? '0%' : percent(window.failures / window.calls);
  return `${share} of ${window?.calls ?? 0} (at ${breaker.percent}%)`;
}

/** How many figures fitted, and what is left for the cause. */
function columnsOf(width: number): { readonly figures: number; readonly cause: number } {
  let room = width - 1 - nameCells - stateCells;
  let figures = 0;
  for (const { cells } of figureColumns) {
    if (room < cells) return { figures, cause: 0 };
    room -= cells;
    figures += 1;
  }
  return { figures, cause: room - 2 >= leastCauseCells ? room - 2 : 0 };
}

function stateSpans(
  link: LinkView,
  { now, glyphs }: { readonly now: number; readonly glyphs: Glyphs },
): readonly Span[] {
  const { breaker } = link;
  if (breaker === null) return [span(left(`${glyphs.noBreaker} no breaker`, stateCells, glyphs), 'dim')];
  const text = `${glyphs.states[breaker.state]} ${stateText(breaker, link, now)}`;
  const isWarning = breaker.state === 'closed' && breaker.streak > 0 && breaker.window === null;
  return [span(left(text, stateCells, glyphs), isWarning ? 'warn' : toneOf(breaker))];
}

function figuresOf({ last, breaker }: LinkView, glyphs: Glyphs): readonly Span[] {
  const all = last?.all.n ?? 0;
  const rejected = last?.by.rejected.n ?? 0;
  const share = all === 0 || breaker === null ? '–' : percent(rejected / all);
  const [rate, p99, cutOff] = figureColumns;
  return [
    span(right(perSecond(all), rate.cells, glyphs), all === 0 ? 'dim' : 'plain'),
    span(right(shortMs(last?.all.p99 ?? null), p99.cells, glyphs), last === null ? 'dim' : 'plain'),
    span(right(share, cutOff.cells, glyphs), rejected > 0 ? 'bad' : 'dim'),
  ];
}

function causeSpan(
  { breaker }: LinkView,
  { isHit, cells, glyphs }: { isHit: boolean; cells: number; glyphs: Glyphs },
): Span {
  const cause = breaker === null || breaker.state === 'closed' ? null : breaker.cause;
  const text = cause ?? (isHit ? 'a fault is on it' : '');
  return span(`  ${cut(text, cells, glyphs)}`, 'dim');
}

/** Where there is no room for all: those with a breaker, those that are open first, and always the chosen one. */
function shown(
  rows: readonly { readonly link: LinkView; readonly content: Line }[],
  height: number,
  chosen: number,
): readonly Line[] {
  const rank = (index: number): number => {
    const { breaker } = rows[index]?.link ?? {};
    if (index === chosen) return 0;
    if (breaker === null || breaker === undefined) return 3;
    return breaker.state === 'closed' ? 2 : 1;
  };
  const kept = rows
    .map((_, index) => index)
    .toSorted((a, b) => rank(a) - rank(b) || a - b)
    .slice(0, height);
  const lines = rows.flatMap(({ content }, index) => (kept.includes(index) ? [content] : []));
  return lines.length === 0 ? [line('')] : lines;
}
