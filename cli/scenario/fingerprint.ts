// What makes two runs the same experiment: a scenario as it is understood, so that comments, spacing and the seed (which is
// compared by itself) do not tell two runs apart, and a default that changed does.
import type { Scenario } from './schema.ts';
import { sha256 } from './sha256.ts';

/** Of what a scenario does; not of what it is called, nor of what it is known to end with. */
export function scenarioHash({ name: _, title: __, tags: ___, known: ____, seed: _____, ...does }: Scenario): string {
  return fingerprint(does);
}

/** 64 hexadecimal digits; the order of keys says nothing. */
export const fingerprint = (value: unknown): string => sha256(JSON.stringify(value, sorted) ?? '');

// --- internal ---

const sorted = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
