// A link as a word of the command line.
import { type LinkId, linkIds, linksFrom, serviceNames } from '../../services/fleet.ts';
import { linkOf } from './fields.ts';
import { unknownWord } from './nearest.ts';

export type LinkArgument =
  | { readonly ok: true; readonly link: LinkId }
  /** `message` reads `what is wrong; what to do`. */
  | { readonly ok: false; readonly message: string };

/** `order:payment` or `order->payment`. */
export function linkArgument(text: string): LinkArgument {
  const link = linkOf(text);
  if (link !== undefined) return { ok: true, link };
  return { ok: false, message: cutByTheShell(text) ?? unknownWord('link', text, linkIds.map(typed)) };
}

/** Of an unquoted `order->payment` a shell leaves `order-`. null: this is nothing of the kind. */
export function cutByTheShell(text: string): string | null {
  const [, caller] = /^([a-z]+)-$/.exec(text) ?? [];
  if (caller === undefined) return null;
  const links = linksFrom(serviceNames.find((name) => name === caller) ?? 'order');
  const link = links.findLast(({ callee }) => callee !== 'db') ?? links[0];
  const [id, callee]: readonly [LinkId, string] = [link?.id ?? 'order->payment', link?.callee ?? 'payment'];
  return `"${text}" is what a shell leaves of an unquoted link such as ${id}: it takes the > for a redirection, into a file named ${callee}; write ${typed(id)}, and remove the file that the shell has made`;
}

/** As it can be typed without quotes. */
export const typed = (link: LinkId): string => link.replace('->', ':');
