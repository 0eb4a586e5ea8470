// One attempt: its own timeout over connecting, headers and body, which aborts the socket. It never throws.
import { callFailureOf } from './call-failure.ts';
import type { HttpClient } from './http-client.ts';
import type { LinkRequest, LinkResult } from './link-result.ts';

export interface Sending {
  readonly client: HttpClient;
  readonly request: LinkRequest;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly isProbe: boolean;
}

export async function send({ client, request, headers, timeoutMs, isProbe }: Sending): Promise<LinkResult> {
  // Not AbortSignal.timeout: such a signal lives until it fires, long after the answer came.
  const abort = new AbortController();
  // The client tells of its abort a while later: after a standstill of the process not before other timers, the breaker's among them.
  const over = Promise.withResolvers<never>();
  let reason: 'timeout' | 'cancelled' | undefined;
  const end = (why: 'timeout' | 'cancelled') => () => {
    reason ??= why;
    abort.abort();
    over.reject(abort.signal.reason);
  };
  const timer = setTimeout(end('timeout'), timeoutMs);
  const caller = isProbe ? undefined : request.signal;
  const cancel = end('cancelled');
  if (caller?.aborted) cancel();
  caller?.addEventListener('abort', cancel, { once: true });
  try {
    const sent = client.send({
      method: request.method,
      path: request.path ?? request.route,
      headers,
      body: request.body === undefined ? null : JSON.stringify(request.body),
      signal: abort.signal,
    });
    const reply = await Promise.race([sent, over.promise]);
    return { kind: 'answer', ...reply, body: jsonOf(reply.text) };
  } catch (error) {
    if (reason === 'cancelled') return { kind: 'cancelled' };
    return { kind: 'failed', failure: reason ?? callFailureOf(error), error };
  } finally {
    clearTimeout(timer);
    caller?.removeEventListener('abort', cancel);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
