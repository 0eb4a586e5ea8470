// Figures that do not jump: each kind always takes the same few cells.

/** `8 ms`, `118 ms`, `1.2 s`, `12 s`. */
export function shortMs(ms: number | null): string {
  if (ms === null) return '–';
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  return ms < 9_950 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.round(ms / 1_000)} s`;
}

/** How long something has been so: `7.2s`, `41s`, `3m12s`, `1h05m`. */
export function age(ms: number): string {
  const seconds = Math.max(0, ms) / 1_000;
  if (seconds < 9.95) return `${seconds.toFixed(1)}s`;
  if (seconds < 99.5) return `${Math.round(seconds)}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m${String(Math.floor(seconds % 60)).padStart(2, '0')}s`;
  return `${Math.floor(minutes / 60)}h${String(minutes % 60).padStart(2, '0')}m`;
}

/** A moment of the run: `6.4s`, `1:07.3`. */
export function clock(ms: number): string {
  const seconds = Math.max(0, ms) / 1_000;
  if (seconds < 60) return `${seconds.toFixed(1)}s`;
  const [minutes, rest] = [Math.floor(seconds / 60), (Math.floor((seconds % 60) * 10) / 10).toFixed(1)];
  return `${minutes}:${rest.padStart(4, '0')}`;
}

export const perSecond = (n: number): string => (n < 10_000 ? `${n}/s` : `${Math.round(n / 1_000)}k/s`);

/** Whole per cent; what is not all is never 100 %, and what is not nothing never 0 %. */
export function percent(share: number): string {
  if (share > 0.99 && share < 1) return '99%';
  if (share > 0 && share < 0.01) return '1%';
  return `${Math.round(share * 100)}%`;
}
