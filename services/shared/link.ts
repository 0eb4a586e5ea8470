// One link of this service to another: every call asks the breaker, has its own timeout that really aborts the socket,
// and is told as one `call` event before the breaker hears of it.
import type { BreakerView } from '../contract/admin.ts';
import type { CallFailure } from '../contract/events.ts';
import { attemptHeader, generationHeader, linkHeader } from '../contract/headers.ts';
import type { Policy } from '../contract/policy.ts';
import type { LinkId } from '../fleet.ts';
import { type Admission, createBreaker, type Verdict } from './breaker.ts';
import { type CallContext, contextHeaders } from './call-context.ts';
import { callFailureOf } from './call-failure.ts';
import type { Emit } from './events.ts';
import type { HttpClient, HttpReply } from './http-client.ts';

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

/** What the admin and breaker routes need of a link. */
export interface Adjustable {
  readonly id: LinkId;
  readonly view: () => BreakerView;
  /** Takes the policy and closes the breaker. Returns the policy that was in force. */
  readonly adopt: (policy: Policy) => Policy;
  readonly policy: () => Policy;
}

export interface HttpLink extends Adjustable {
  readonly call: (request: LinkRequest) => Promise<LinkResult>;
  readonly close: () => Promise<void>;
}

export interface HttpLinkOptions {
  readonly id: LinkId;
  readonly policy: Policy;
  readonly client: HttpClient;
  readonly emit: Emit;
  /** CLOCK_MONOTONIC, ms. */
  readonly now: () => number;
  /** A new attempt id, unique per process life. */
  readonly nextAttempt: () => string;
}

export function createHttpLink({ id, policy: firstPolicy, client, emit, now, nextAttempt }: HttpLinkOptions): HttpLink {
  let policy = firstPolicy;
  const breaker = createBreaker({
    policy,
    now,
    onTransition: (transition) => emit({ type: 'breaker', link: id, ...transition }),
  });

  const call = async (request: LinkRequest): Promise<LinkResult> => {
    const admission = breaker.ask();
    const attempt = nextAttempt();
    const start = now();
    const report = (ending: Ending): void => {
      const end = now();
      emit(
        {
          type: 'call',
          link: id,
          key: request.context?.key,
          operation: `${request.method} ${request.route}`,
          attempt,
          generation: admission.generation,
          state: admission.state,
          admitted: admission.admitted,
          start,
          end,
          ...ending,
        },
        end,
      );
    };
    if (!admission.admitted) {
      report({ outcome: 'rejected' });
      return { kind: 'rejected', retryAfterMs: breaker.waitMs() };
    }
    const headers = headersOf(request, { id, attempt, admission });
    const result = await send({ client, request, headers, timeoutMs: policy.timeoutMs, isProbe: isProbe(admission) });
    const ending = endingOf(result);
    report(ending);
    await admission.settle(verdictOf(ending), wordFor(ending));
    return result;
  };

  return {
    id,
    call,
    policy: () => policy,
    view: () => ({
      link: id,
      policy,
      state: policy.breaker === null ? 'off' : breaker.state(),
      streak: breaker.streak(),
      generation: breaker.generation(),
      ageMs: breaker.ageMs(),
    }),
    adopt: (next) => {
      const previous = policy;
      policy = next;
      breaker.adopt(next);
      return previous;
    },
    close: async () => {
      breaker.stop();
      await client.close();
    },
  };
}

// --- internal ---

interface Ending {
  readonly outcome: 'success' | 'failure' | 'rejected' | 'cancelled';
  readonly failure?: CallFailure;
  readonly status?: number;
}

interface Sending {
  readonly client: HttpClient;
  readonly request: LinkRequest;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly isProbe: boolean;
}

const isProbe = ({ state }: Admission): boolean => state === 'halfOpen';

async function send({ client, request, headers, timeoutMs, isProbe }: Sending): Promise<LinkResult> {
  // Not AbortSignal.timeout: such a signal lives until it fires, long after the answer came.
  const abort = new AbortController();
  let reason: 'timeout' | 'cancelled' | undefined;
  const end = (why: 'timeout' | 'cancelled') => () => {
    reason ??= why;
    abort.abort();
  };
  const timer = setTimeout(end('timeout'), timeoutMs);
  const caller = isProbe ? undefined : request.signal;
  const cancel = end('cancelled');
  if (caller?.aborted) cancel();
  caller?.addEventListener('abort', cancel, { once: true });
  try {
    const reply = await client.send({
      method: request.method,
      path: request.path ?? request.route,
      headers,
      body: request.body === undefined ? null : JSON.stringify(request.body),
      signal: abort.signal,
    });
    return { kind: 'answer', ...reply, body: jsonOf(reply.text) };
  } catch (error) {
    if (reason === 'cancelled') return { kind: 'cancelled' };
    return { kind: 'failed', failure: reason ?? callFailureOf(error), error };
  } finally {
    clearTimeout(timer);
    caller?.removeEventListener('abort', cancel);
  }
}

function headersOf(
  { body, context = {} }: LinkRequest,
  { id, attempt, admission }: { readonly id: LinkId; readonly attempt: string; readonly admission: Admission },
): Record<string, string> {
  return {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...contextHeaders(context),
    [attemptHeader]: attempt,
    [linkHeader]: id,
    [generationHeader]: String(admission.generation),
  };
}

function endingOf(result: LinkResult): Ending {
  switch (result.kind) {
    case 'answer':
      if (isHealthy(result)) return { outcome: 'success', status: result.status };
      return { outcome: 'failure', failure: 'status', status: result.status };
    case 'failed':
      return { outcome: 'failure', failure: result.failure };
    case 'cancelled':
    case 'rejected':
      return { outcome: result.kind };
    default:
      return result satisfies never;
  }
}

/** Below 500 the callee did its work; a 503 about a service behind it says that the callee itself is well. */
export function isHealthy({ status, body }: Pick<LinkAnswer, 'status' | 'body'>): boolean {
  if (status < 500) return true;
  if (status !== 503 || typeof body !== 'object' || body === null || !('code' in body)) return false;
  return body.code === 'dependency-rejected' || body.code === 'dependency-failed';
}

const verdictOf = ({ outcome }: Ending): Verdict =>
  outcome === 'success' ? 'success' : outcome === 'cancelled' ? 'cancelled' : 'failure';

const wordFor = ({ failure, status }: Ending): string =>
  failure === 'status' ? `status ${status}` : (failure ?? 'success');

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
