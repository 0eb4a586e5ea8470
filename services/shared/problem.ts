// The one way a service says no: throw `problemError(code, …)` anywhere, the error handler of server.ts answers it.
import type { Problem, ProblemCode } from '../contract/problem.ts';

const kinds: Readonly<Record<ProblemCode, readonly [status: number, title: string]>> = {
  'invalid-request': [400, 'The request is not valid'],
  'not-found': [404, 'There is no such thing here'],
  'user-not-found': [404, 'There is no such user'],
  'item-not-found': [404, 'There is no such item'],
  'out-of-stock': [409, 'Not enough of the item is left'],
  'payment-declined': [402, 'The payment was declined'],
  'dependency-rejected': [503, 'A circuit breaker refused the call to a dependency'],
  'dependency-failed': [503, 'A dependency failed or timed out'],
  unavailable: [503, 'The service cannot serve now'],
  conflict: [409, 'The request contradicts an earlier one'],
  unauthorized: [401, 'The admin token is missing or wrong'],
  'injected-fault': [500, 'A failpoint answered'],
  internal: [500, 'The service has a bug'],
};

export interface ProblemDetails {
  readonly detail?: string;
  /** The link that was cut off, for dependency-* codes. */
  readonly link?: string;
  /** In place of the code's usual status. */
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

export const problemType = 'application/problem+json';

export function problemOf(code: ProblemCode, { detail, link, status }: ProblemDetails = {}): Problem {
  const [usualStatus, title] = kinds[code];
  return {
    type: `tag:smartorders,2026:${code}`,
    title,
    status: status ?? usualStatus,
    code,
    ...(detail === undefined ? {} : { detail }),
    ...(link === undefined ? {} : { link }),
  };
}

export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  readonly retryAfterSeconds: number | undefined;

  constructor(problem: Problem, { retryAfterSeconds, cause }: ProblemDetails = {}) {
    super(problem.detail ?? problem.title, { cause });
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export const problemError = (code: ProblemCode, details: ProblemDetails = {}): ProblemError =>
  new ProblemError(problemOf(code, details), details);

/** Whole seconds as `Retry-After` wants them, at least one. */
export const secondsFrom = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));
