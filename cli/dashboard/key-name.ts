// What the terminal library says of a key → the names of the key table.
import type { Key } from 'ink';
import type { KeyName } from './keys.ts';

const named: readonly (readonly [keyof Key, KeyName])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'esc'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'backspace'],
];

/** Keys that are pressed fast come together: one name each. */
export function keyNames(input: string, key: Key): readonly KeyName[] {
  if (key.ctrl) return [`ctrl-${input}`];
  const [, name] = named.find(([flag]) => key[flag] === true) ?? [];
  if (name !== undefined) return [name];
  return [...input].map((character) => (character === ' ' ? 'space' : character));
}
