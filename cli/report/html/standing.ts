// A standing or a verdict in its colour; glyph and word say it without.
import type { Judgement, VerdictWord } from '../../verdict/judgement.ts';
import { shown } from '../standing.ts';
import { html, type Markup } from './markup.ts';

export const standing = (word: VerdictWord): Markup => html`<span class="standing ${word}">${shown(word)}</span>`;

/** And the steps that led to what is wrong, where they are known. `said`: the reason that stands just above. */
export const reasonOf = (
  { reason, events = [] }: Pick<Judgement, 'reason' | 'events'>,
  said?: string,
): readonly Markup[] => [
  ...(reason === undefined || reason === said ? [] : [html`<div class="reason">${reason}</div>`]),
  ...(events.length === 0 ? [] : [html`<pre class="events">${events.join('\n')}</pre>`]),
];
