// How fast the defence worked; each figure with its definition.
import { counted, ms } from '../../verdict/figures.ts';
import type { RunResult } from '../../verdict/run-result.ts';
import { timeRows } from '../parts.ts';
import { html, type Markup, nothing } from './markup.ts';
import { columns, figures, none, section, table } from './table.ts';
import { term } from './term.ts';

export function times(result: RunResult): Markup {
  const { openLatency } = result;
  const rows = timeRows(result).map(({ key, of, value }) => [term(key, of), of, value]);
  if (rows.length === 0) return section('Times of the defence', none('not recorded'));
  const fast =
    openLatency === null
      ? nothing
      : html`<p>While a breaker was open, ${counted(openLatency.n, 'order')} took ${ms(openLatency.p99Ms)} at p99.</p>`;
  const titles = [...columns('Figure', 'Of'), ...figures('Measured')];
  return section(
    'Times of the defence',
    html`${table({ caption: 'Times of the defence', columns: titles, rows })}${fast}`,
  );
}
