// A small line of how a figure went from run to run, with the latest value in words.
import { html, type Markup } from './markup.ts';

export interface Sparkline {
  /** What it is of. */
  readonly name: string;
  /** The oldest first; null: there was nothing to measure. */
  readonly values: readonly (number | null)[];
  readonly text: (value: number) => string;
}

const [width, height] = [120, 24];

export function sparkline({ name, values, text }: Sparkline): Markup {
  const known = values.filter((value) => value !== null);
  const latest = known.at(-1);
  if (latest === undefined) return html`<span class="aside">–</span>`;
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const summary = `${name}: ${known.length === 1 ? 'one run' : `${known.length} runs, ${text(least)} to ${text(most)}`}, latest ${text(latest)}`;
  const step = width / Math.max(1, values.length - 1);
  // From nothing, so that twice as high is twice as long.
  const points = values.map((value, index) =>
    value === null
      ? null
      : `${(index * step).toFixed(1)} ${(height - 2 - ((height - 4) * value) / Math.max(most, 1)).toFixed(1)}`,
  );
  const path = points.map((point, index) =>
    point === null ? '' : `${(points[index - 1] ?? null) === null ? 'M' : 'L'}${point}`,
  );
  const alone = points.flatMap((point, index) =>
    point !== null && (points[index - 1] ?? null) === null && (points[index + 1] ?? null) === null
      ? [`M${point}h0.01`]
      : [],
  );
  return html`<svg class="spark" role="img" aria-label="${summary}" viewBox="-2 0 ${width + 4} ${height}" width="${width}" height="${height}"><path d="${path.join('')}"/><path class="alone" d="${alone.join('')}"/></svg> <span class="latest">${text(latest)}</span>`;
}
