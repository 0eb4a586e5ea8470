// Times, shares, lists and counts as a sentence has them.

/** `300 ms`, `1.5 s`, `2 min`; what is finer than a hundredth of a second says nothing to a reader. */
export function spoken(ms: number): string {
  if (ms < 1_000) return `${Number(ms.toFixed(ms < 10 ? 1 : 0))} ms`;
  return ms >= 60_000 && ms % 30_000 === 0 ? `${ms / 60_000} min` : `${Number((ms / 1_000).toFixed(2))} s`;
}

/** A moment of the run: never in ms or minutes, so that moments can be compared at a glance. */
export const moment = (ms: number): string => `${Number((ms / 1_000).toFixed(2))} s`;

export const share = (fraction: number): string => `${Number((fraction * 100).toFixed(3))} %`;

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

export const counted = (count: number, noun: string): string =>
  `${words[count] ?? count} ${noun}${count === 1 ? '' : 's'}`;

/** `a`, `a and b`, `a, b and c`. */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

/** As a sentence begins; the name of a link stays as it is. */
export const capitalised = (text: string): string =>
  /^[a-z]+->/.test(text) ? text : text.slice(0, 1).toUpperCase() + text.slice(1);
