// HTML that cannot be broken by what it tells: whatever is put into a template is escaped, unless it is markup itself.

export interface Markup {
  readonly markup: string;
}

export type Content = string | number | Markup | readonly Content[];

/** A tagged template. Lists are put together without anything between. */
export const html = (parts: TemplateStringsArray, ...contents: readonly Content[]): Markup => ({
  markup: String.raw({ raw: parts }, ...contents.map(textOf)),
});

export const nothing: Markup = { markup: '' };

/** The page's own styles and scripts, as they are. */
export const raw = (markup: string): Markup => ({ markup });

/** JSON for a `<script type="application/json">`: no text in it can end the element or begin another, and all of it can be seen. */
export const json = (value: unknown): Markup => raw(JSON.stringify(value, seen).replaceAll(/[<>&]/g, asEscape));

/** What would be invisible, or would turn the text around it, is shown as its code. */
export const visible = (text: string): string => text.replaceAll(unseen, (character) => `\\u{${codeOf(character)}}`);

// --- internal ---

/** Controls but line breaks and tabs, lone surrogates, and the marks that set the direction of writing. */
const unseen = /[^\P{Cc}\n\t]|\p{Cs}|[\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu;

const codeOf = (character: string): string => (character.codePointAt(0) ?? 0).toString(16);

const seen = (_key: string, value: unknown): unknown => (typeof value === 'string' ? visible(value) : value);

const asEscape = (character: string): string => `\\u${codeOf(character).padStart(4, '0')}`;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function textOf(content: Content): string {
  if (typeof content === 'number') return String(content);
  if (typeof content === 'string')
    return visible(content).replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
  return 'markup' in content ? content.markup : content.map(textOf).join('');
}
