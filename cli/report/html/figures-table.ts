// What the charts show, as figures: for those who cannot see them, and for those who want to know exactly.
import { ms } from '../../verdict/figures.ts';
import { stackOrder } from './charts.ts';
import { html, type Markup } from './markup.ts';
import { figures, table } from './table.ts';
import type { TimelineData } from './timeline-data.ts';

export function figuresTable({ series }: TimelineData): Markup {
  const { widthMs, planned, sent, outcomes, p50, p95, p99 } = series;
  if (planned.length === 0) return html`<p class="none">no arrival was recorded</p>`;
  const shown = stackOrder.filter((outcome) => outcomes[outcome].some((count) => count > 0));
  const duration = (value: number | null | undefined): string => (value == null ? '–' : ms(value));
  const rows = planned.map((count, index) => [
    `${(index * widthMs) / 1_000} s`,
    count,
    sent[index] ?? 0,
    ...shown.map((outcome) => outcomes[outcome][index] ?? 0),
    ...[p50, p95, p99].map((column) => duration(column[index])),
  ]);
  const every = widthMs === 1_000 ? 'second' : `${widthMs / 1_000} seconds`;
  return html`<details class="figures"><summary>The charts as a table, a line for every ${every}</summary>
${table({ caption: `Arrivals, their outcomes and their latency every ${every}`, columns: figures('From', 'Planned', 'Sent', ...shown, 'p50', 'p95', 'p99'), rows })}
</details>`;
}
