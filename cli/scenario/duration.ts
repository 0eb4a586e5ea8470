// Durations as people write them: `500ms`, `3s`, `1.5s`, `2m`. Inside the program they are ms.

/** So many digits that no duration is endless. */
export const durationPattern = /^(\d{1,12}(?:\.\d{1,12})?)(ms|s|m)$/;

const msPerUnit: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 };

/** undefined: not a duration. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = durationPattern.exec(text) ?? [];
  const factor = msPerUnit[unit ?? ''];
  if (amount === undefined || factor === undefined) return undefined;
  // 1030.41 s are 1030410.0000000001 ms in floating point; what is finer than 1 µs is noise.
  return Number((Number(amount) * factor).toFixed(3));
}

/** The shortest exact form: 90000 → `1.5m`, 1500 → `1.5s`, 20 → `20ms`. */
export function formatDuration(ms: number): string {
  const unit = ms === 0 ? 's' : ms >= 60_000 && ms % 30_000 === 0 ? 'm' : ms >= 1_000 && ms % 10 === 0 ? 's' : 'ms';
  return `${ms / (msPerUnit[unit] ?? 1)}${unit}`;
}
