// A figure's name with its definition: shown at the pointer, at focus by the keyboard, and always in print.
import { definitions } from '../../verdict/time-definitions.ts';
import { html, type Markup } from './markup.ts';
import { slug } from './slug.ts';

export type Term = keyof typeof definitions;

export function term(key: Term, of = ''): Markup {
  const { title, definition, resolution } = definitions[key];
  const id = slug(`definition ${key} ${of}`);
  return html`<span class="term"><button type="button" aria-describedby="${id}">${title}</button><span role="tooltip" id="${id}">${definition}. <em>Resolution:</em> ${resolution}.</span></span>`;
}
