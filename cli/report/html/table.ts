// A table that a screen reader can walk, and that scrolls by itself where the page is narrow.
import { type Content, html, type Markup } from './markup.ts';
import { slug } from './slug.ts';

export interface Column {
  readonly title: Content;
  /** Figures stand under each other, on the right. */
  readonly isFigure?: boolean;
}

export interface TableOptions {
  /** What it is of; for screen readers. */
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Content[])[];
  /** Which cell names its row; by default the first. */
  readonly head?: number;
}

export function table({ caption, columns, rows, head = 0 }: TableOptions): Markup {
  const kind = (index: number): Markup => (columns[index]?.isFigure === true ? html` class="figure"` : html``);
  const heads = columns.map(({ title }, index) => html`<th scope="col"${kind(index)}>${title}</th>`);
  const lines = rows.map(
    (cells) =>
      html`<tr>${cells.map((cell, index) => (index === head ? html`<th scope="row"${kind(index)}>${cell}</th>` : html`<td${kind(index)}>${cell}</td>`))}</tr>\n`,
  );
  return html`<div class="scroll" role="group" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${lines}</tbody></table></div>`;
}

export const columns = (...titles: readonly string[]): readonly Column[] => titles.map((title) => ({ title }));
export const figures = (...titles: readonly string[]): readonly Column[] =>
  titles.map((title) => ({ title, isFigure: true }));

/** A part of the page, reachable by its heading. */
export const section = (title: string, body: Content): Markup => {
  const id = slug(title);
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
${body}
</section>`;
};

export const none = (text: string): Markup => html`<p class="none">${text}</p>`;
