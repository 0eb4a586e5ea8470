// What is asked over a link, and the ways in which it can end.
import type { CallFailure } from '../contract/events.ts';
import type { CallContext } from './call-context.ts';
import type { HttpReply } from './http-client.ts';

export interface LinkRequest {
  readonly method: 'GET' | 'POST';
  /** The callee's route as it registers it, e.g. `/users/:id`. */
  readonly route: string;
  /** The route with its parameters filled in. Default: the route. */
  readonly path?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly context?: CallContext;
  /** The caller's own end. A half-open probe ignores it: its answer is needed. */
  readonly signal?: AbortSignal;
}

export interface LinkAnswer {
  readonly kind: 'answer';
  readonly status: number;
  readonly headers: HttpReply['headers'];
  readonly text: string;
  /** The parsed body; undefined where it is not JSON. */
  readonly body: unknown;
}

export type LinkResult =
  | LinkAnswer
  /** The breaker refused: nothing was sent. */
  | { readonly kind: 'rejected'; readonly retryAfterMs: number }
  /** No usable answer: nobody knows whether the callee did the work, except when refused. */
  | { readonly kind: 'failed'; readonly failure: CallFailure; readonly error: unknown }
  | { readonly kind: 'cancelled' };

/** Below 500 the callee did its work; a 503 about a service behind it says that the callee itself is well. */
export function isHealthy({ status, body }: Pick<LinkAnswer, 'status' | 'body'>): boolean {
  if (status < 500) return true;
  if (status !== 503 || typeof body !== 'object' || body === null || !('code' in body)) return false;
  return body.code === 'dependency-rejected' || body.code === 'dependency-failed';
}
