// XML 1.0 out of any text.
import { visible } from './visible.ts';

/** ` name="value" …`, each with a blank before it. */
export const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value), /[&<>"\n\t]/g)}"`)
    .join('');

/** Between tags: line breaks stay. */
export const textContent = (text: string): string => escaped(text, /[&<>]/g);

// --- internal ---

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/** XML has no place for some control characters, not even escaped: `visible` has written them out. */
const escaped = (text: string, special: RegExp): string =>
  visible(text).replaceAll(special, (character) => entities[character] ?? character);
