// The customers' door as the load generator sees it: requests straight to the gateway, never through a proxy.
import { Pool } from 'undici';
import { z } from 'zod';
import { arrivalHeader, idempotencyKeyHeader } from '../../services/contract/headers.ts';
import { systemCodeOf } from '../errors.ts';
import type { Answer, Target } from '../runner/ports.ts';

export interface GatewayTarget extends Target, AsyncDisposable {}

/** How long a customer waits, ms: longer than any chain of timeouts in the fleet. */
const patienceMs = 10_000;

const bodySchema = z.object({ order_id: z.string().optional(), code: z.string().optional() });

export interface GatewayOptions {
  readonly port: number;
  /** As many connections as requests may be in flight: none waits for a connection unseen. */
  readonly connections: number;
}

export function gatewayTarget({ port, connections }: GatewayOptions): GatewayTarget {
  const pool = new Pool(`http://127.0.0.1:${port}`, {
    connections,
    pipelining: 1,
    headersTimeout: patienceMs,
    bodyTimeout: patienceMs,
    connectTimeout: patienceMs,
  });
  return {
    send: async ({ method, path, body: sent, key, arrival }, signal) => {
      const headers = { [idempotencyKeyHeader]: key, [arrivalHeader]: arrival };
      try {
        const { statusCode, body } = await pool.request({
          method,
          path,
          headers: sent === undefined ? headers : { ...headers, 'content-type': 'application/json' },
          body: sent === undefined ? null : JSON.stringify(sent),
          signal,
        });
        return answerOf(statusCode, await body.text());
      } catch (error) {
        return { status: null, error: signal.aborted ? 'cancelled' : errorOf(error) };
      }
    },
    [Symbol.asyncDispose]: () => pool.destroy(),
  };
}

function answerOf(status: number, text: string): Answer {
  const body = parseJson(text);
  const known = bodySchema.safeParse(body);
  return known.success ? { status, body, order: known.data.order_id, code: known.data.code } : { status, body };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function errorOf(error: unknown): NonNullable<Answer['error']> {
  switch (systemCodeOf(error)) {
    case 'ECONNREFUSED':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return 'refused';
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return 'timeout';
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return 'reset';
    default:
      return 'other';
  }
}
