// What a caller says when a link gave no usable answer.
import type { LinkId } from '../fleet.ts';
import { callFailureOf } from './call-failure.ts';
import type { LinkResult } from './link-result.ts';
import { ProblemError, problemError, secondsFrom } from './problem.ts';

/** The 503 for a call that a breaker refused, that failed, or whose answer (5xx) was of no use. */
export function cutOff(link: LinkId, result: LinkResult): ProblemError {
  if (result.kind === 'rejected') {
    const retryAfterSeconds = secondsFrom(result.retryAfterMs);
    return problemError('dependency-rejected', { link, retryAfterSeconds, detail: `the breaker of ${link} refused` });
  }
  const cause = result.kind === 'failed' ? result.error : undefined;
  return problemError('dependency-failed', { link, retryAfterSeconds: 1, detail: describe(link, result), cause });
}

/** The callee has certainly not seen the call: a breaker or the callee's machine refused it. */
export function isUnsent(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return false;
  const { code } = error.problem;
  return code === 'dependency-rejected' || (code === 'dependency-failed' && callFailureOf(error.cause) === 'refused');
}

function describe(link: LinkId, result: Exclude<LinkResult, { kind: 'rejected' }>): string {
  switch (result.kind) {
    case 'failed':
      return `the call over ${link} failed: ${result.failure}`;
    case 'answer':
      return `the call over ${link} was answered with ${result.status}`;
    case 'cancelled':
      return `the call over ${link} was given up`;
    default:
      return result satisfies never;
  }
}
