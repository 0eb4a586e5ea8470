// How figures are written, in one place: the same number reads the same on the terminal and in every report.

/** `3.4 ms`, `112 ms`, `1.009 s`, `125.3 s`. */
export function ms(value: number): string {
  const size = Math.abs(value);
  if (size < 9.95) return `${trimmed(value, 1)} ms`;
  if (size < 999.5) return `${trimmed(value, 0)} ms`;
  return size < 99_999.5 ? `${trimmed(value / 1_000, 3)} s` : `${trimmed(value / 1_000, 1)} s`;
}

/** `99.2 %`. What is not all is never rounded up to 100 %, and what is not nothing never down to 0 %. */
export function percent(share: number): string {
  if (share > 0.9999 && share < 1) return '>99.99 %';
  if (share > 0 && share < 0.0001) return '<0.01 %';
  return `${trimmed(share * 100, 2)} %`;
}

export const signed = (text: string): string => (text.startsWith('-') ? text : `+${text}`);

/** `+0.8 points`: a difference of shares. */
export const points = (share: number): string => {
  const text = trimmed(share * 100, 2);
  return signed(`${text} ${Math.abs(Number(text)) === 1 ? 'point' : 'points'}`);
};

/** `1 failure`, `3 failures`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** `812 B`, `3.4 MB`, `12 GB`: powers of ten. */
export function bytes(size: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, size < 1 ? 0 : Math.floor(Math.log10(size) / 3));
  const value = size / 1_000 ** power;
  return `${trimmed(value, power === 0 || value >= 10 ? 0 : 1)} ${units[power]}`;
}

/** A moment of the run, `5.132s`. */
export const moment = (at: number): string => `${(at / 1_000).toFixed(3)}s`;

const trimmed = (value: number, digits: number): string => String(Number(value.toFixed(digits)));
