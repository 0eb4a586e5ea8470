// A result in which everything that a person or a service could have named is hostile.
import type { RunResult } from '../../cli/verdict/run-result.ts';

export const hostileText = `</script><script>window.hacked = 1</script><img src=x onerror="window.hacked=2">'"&amp;\u0000\u001B[31m\u202Eevil\u2066\u200B אב \u2028\uD800`;

/** What decides how something is drawn stays as it is. */
const words = new Set(['verdict', 'standing', 'kind', 'from', 'to', 'rule', 'id', 'cause']);

export const hostile = (result: RunResult): RunResult => spoilt(result);

function spoilt<T>(value: T, key?: string): T;
function spoilt(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return words.has(key) ? value : hostileText;
  if (Array.isArray(value)) return value.map((item) => spoilt(item, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [named(name, key), spoilt(item, name)]));
}

/** Links and programs are keys; the keys of our own format are not. */
const named = (name: string, of: string): string =>
  of === 'times' || of === 'versions' ? `${name}${hostileText}` : name;
