// One word for each way in which a socket can let a caller down.
import type { CallFailure } from '../contract/events.ts';

const byCode: ReadonlyMap<string, CallFailure> = new Map([
  ['ECONNREFUSED', 'refused'],
  ['ECONNRESET', 'reset'],
  ['EPIPE', 'reset'],
  ['UND_ERR_SOCKET', 'closed'],
  ['UND_ERR_CLOSED', 'closed'],
  ['ETIMEDOUT', 'timeout'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
]);

const byMessage: ReadonlyMap<RegExp, CallFailure> = new Map([
  [/timeout/i, 'timeout'],
  [/Connection terminated|connection is closed|not queryable/i, 'closed'],
]);

export function callFailureOf(error: unknown): CallFailure {
  if (!(error instanceof Error)) return 'other';
  const known = byCode.get(codeOf(error) ?? '');
  if (known !== undefined) return known;
  // Several addresses were tried: the first one's error speaks for all.
  if (error instanceof AggregateError) return callFailureOf(error.errors[0]);
  for (const [pattern, failure] of byMessage) if (pattern.test(error.message)) return failure;
  return 'other';
}

export function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
