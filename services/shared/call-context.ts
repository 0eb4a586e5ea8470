// What one request carries on to every call that it causes.
import type { FastifyRequest } from 'fastify';
import { arrivalHeader, idempotencyKeyHeader, requestIdHeader } from '../contract/headers.ts';

export interface CallContext {
  readonly requestId?: string | undefined;
  /** The order's idempotency key. */
  readonly key?: string | undefined;
  /** Which planned arrival of the load this is. */
  readonly arrival?: string | undefined;
}

type Headers = FastifyRequest['headers'];

/** A header given once; node joins or lists those given more often. */
export function oneHeader(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export const contextOf = ({ id, headers }: Pick<FastifyRequest, 'id' | 'headers'>): CallContext => ({
  requestId: id,
  key: oneHeader(headers, idempotencyKeyHeader),
  arrival: oneHeader(headers, arrivalHeader),
});

export function contextHeaders({ requestId, key, arrival }: CallContext): Record<string, string> {
  return {
    ...(requestId === undefined ? {} : { [requestIdHeader]: requestId }),
    ...(key === undefined ? {} : { [idempotencyKeyHeader]: key }),
    ...(arrival === undefined ? {} : { [arrivalHeader]: arrival }),
  };
}
