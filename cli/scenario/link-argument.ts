// A link as a word of the command line.
import type { LinkId } from '../../services/fleet.ts';
import { linkIds } from '../../services/fleet.ts';
import { linkOf } from './fields.ts';
import { unknownWord } from './nearest.ts';

export type LinkArgument =
  | { readonly ok: true; readonly link: LinkId }
  /** `message` reads `what is wrong; what to do`. */
  | { readonly ok: false; readonly message: string };

/** `order:payment` or `order->payment`. Of an unquoted `order->payment` a shell leaves `order-`. */
export function linkArgument(text: string): LinkArgument {
  const link = linkOf(text);
  if (link !== undefined) return { ok: true, link };
  const [, caller] = /^([a-z]+)-$/.exec(text) ?? [];
  if (caller === undefined) return { ok: false, message: unknownWord('link', text, linkIds.map(typed)) };
  const meant = linkIds.filter((id) => id.startsWith(`${caller}->`)).map(typed);
  const example = meant.includes('order:payment') ? 'order:payment' : (meant[0] ?? 'order:payment');
  return { ok: false, message: `"${text}" is no link: a shell took > as a redirection; write ${example}` };
}

/** As it can be typed without quotes. */
export const typed = (link: LinkId): string => link.replace('->', ':');
