// The charts as SVG: x is the run's time in ms, so that zooming is a matter of the view box; y goes from 0 (top) to 100. A value
// holds for the whole of its bucket, so lines are steps.
import type { Outcome } from '../../../services/contract/events.ts';
import type { Series } from '../../metrics/series.ts';
import { ms } from '../../verdict/figures.ts';
import { html, type Markup } from './markup.ts';
import { linear, logarithmic, type Scale } from './scale.ts';
import type { TimelineData } from './timeline-data.ts';

export interface Chart {
  readonly key: string;
  readonly title: string;
  readonly unit: string;
  /** What the lines or areas are called, by the class that they are drawn with. */
  readonly legend: readonly (readonly [kind: string, name: string])[];
  readonly scale: Scale;
  readonly label: (value: number) => string;
  readonly shapes: readonly Markup[];
  /** For those who do not see it. */
  readonly summary: string;
}

/** From below: what went well is the ground on which the rest stands. */
export const stackOrder: readonly Outcome[] = ['success', 'declined', 'rejected', 'failed', 'unknown', 'dropped'];

export const chartsOf = ({ series }: TimelineData): readonly Chart[] => [
  throughput(series),
  outcomes(series),
  latency(series),
];

export const svgOf = ({ key, title, scale, shapes, summary }: Chart, endMs: number): Markup =>
  html`<svg class="chart" data-chart="${key}" role="img" aria-label="${title}: ${summary}" viewBox="0 0 ${endMs} 100" preserveAspectRatio="none">
<path class="grid" d="${scale.marks.map((mark) => `M0 ${scale.y(mark)}H${endMs}`).join('')}"/>
${shapes}</svg>`;

// --- internal ---

function throughput({ widthMs, planned, sent }: Series): Chart {
  const rates = [planned, sent].map((column) => column.map((count) => (count * 1_000) / widthMs));
  const [due = [], left = []] = rates;
  const scale = linear(Math.max(0, ...due, ...left));
  return {
    key: 'throughput',
    title: 'Throughput',
    unit: 'arrivals/s',
    legend: [
      ['planned', 'planned'],
      ['sent', 'sent'],
    ],
    scale,
    label: String,
    shapes: [area('sent', left, { widthMs, scale }), line('planned', due, { widthMs, scale })],
    summary: `at most ${perSecond(due)} planned and ${perSecond(left)} sent a second`,
  };
}

function outcomes({ widthMs, outcomes: counts, planned }: Series): Chart {
  const shown = stackOrder.filter((outcome) => counts[outcome].some((count) => count > 0));
  const levels = shown.map((_, depth) =>
    planned.map(
      (__, index) =>
        (shown.slice(0, depth + 1).reduce((sum, outcome) => sum + (counts[outcome][index] ?? 0), 0) * 1_000) / widthMs,
    ),
  );
  const scale = linear(Math.max(0, ...(levels.at(-1) ?? [])));
  const shapes = shown.map((outcome, depth) =>
    area(outcome, levels[depth] ?? [], { widthMs, scale, from: levels[depth - 1] }),
  );
  const totals = shown.map((outcome) => `${counts[outcome].reduce((sum, count) => sum + count, 0)} ${outcome}`);
  return {
    key: 'outcomes',
    title: 'Outcomes',
    unit: 'arrivals/s',
    legend: shown.map((outcome) => [outcome, outcome] as const),
    scale,
    label: String,
    shapes,
    summary: totals.length === 0 ? 'none' : `in all ${totals.join(', ')}`,
  };
}

function latency({ widthMs, p50, p95, p99 }: Series): Chart {
  const values = [...p50, ...p95, ...p99].filter((value) => value !== null);
  const scale = logarithmic(Math.min(...values, 1_000), Math.max(...values, 1));
  const most = Math.max(0, ...values);
  return {
    key: 'latency',
    title: 'Latency',
    unit: 'from when due, log scale',
    legend: [
      ['p99', 'p99'],
      ['p95', 'p95'],
      ['p50', 'p50'],
    ],
    scale,
    label: ms,
    shapes: [
      line('p50', p50, { widthMs, scale }),
      line('p95', p95, { widthMs, scale }),
      line('p99', p99, { widthMs, scale }),
    ],
    summary: values.length === 0 ? 'nothing was sent' : `p99 of a bucket at most ${ms(most)}`,
  };
}

const perSecond = (rates: readonly number[]): string => String(Number(Math.max(0, ...rates).toFixed(1)));

interface Drawing {
  readonly widthMs: number;
  readonly scale: Scale;
  /** The lower edge of an area; absent: 0. */
  readonly from?: readonly number[] | undefined;
}

/** Broken where there is no value. */
function line(kind: string, values: readonly (number | null)[], { widthMs, scale }: Drawing): Markup {
  const steps = values.map((value, index) => {
    if (value === null) return '';
    const before = values[index - 1] ?? null;
    return `${before === null ? `M${index * widthMs} ` : 'V'}${scale.y(value)}H${(index + 1) * widthMs}`;
  });
  return html`<path class="line ${kind}" data-of="${kind}" d="${steps.join('')}"/>\n`;
}

function area(kind: string, values: readonly number[], { widthMs, scale, from }: Drawing): Markup {
  const upper = values.map((value, index) => `V${scale.y(value)}H${(index + 1) * widthMs}`);
  const lower = values.map((_, index) => `V${scale.y(from?.[index] ?? 0)}H${index * widthMs}`).toReversed();
  const d = values.length === 0 ? '' : `M0 ${scale.y(from?.[0] ?? 0)}${upper.join('')}${lower.join('')}Z`;
  return html`<path class="area ${kind}" data-of="${kind}" d="${d}"/>\n`;
}
