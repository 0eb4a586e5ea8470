// One link of this service to another: every call asks the breaker, has its own timeout that really aborts the socket,
// and is told as one `call` event before the breaker hears of it.
import type { BreakerView, ForcedState } from '../contract/admin.ts';
import type { CallFailure } from '../contract/events.ts';
import { attemptHeader, generationHeader, linkHeader } from '../contract/headers.ts';
import type { Policy } from '../contract/policy.ts';
import type { LinkId } from '../fleet.ts';
import { type Admission, createBreaker, type Verdict } from './breaker.ts';
import { contextHeaders } from './call-context.ts';
import type { Emit } from './events.ts';
import type { HttpClient } from './http-client.ts';
import { isHealthy, type LinkRequest, type LinkResult } from './link-result.ts';
import { send } from './send.ts';
import { noTracing, type Tracing } from './tracing.ts';

/** What the admin and breaker routes need of a link. */
export interface Adjustable {
  readonly id: LinkId;
  readonly view: () => BreakerView;
  /** Takes the policy and closes the breaker. Returns the policy that was in force. */
  readonly adopt: (policy: Policy) => Policy;
  /** Needs a policy with a breaker. */
  readonly force: (to: ForcedState) => void;
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
  /** Default none. */
  readonly tracing?: Tracing;
}

export function createHttpLink(options: HttpLinkOptions): HttpLink {
  const { id, client, emit, now, nextAttempt, tracing = noTracing } = options;
  let policy = options.policy;
  const breaker = createBreaker({
    policy,
    now,
    onTransition: (transition) => emit({ type: 'breaker', link: id, ...transition }),
  });

  const call = async (request: LinkRequest): Promise<LinkResult> => {
    const admission = breaker.ask();
    const attempt = nextAttempt();
    const operation = `${request.method} ${request.route}`;
    const start = now();
    const report = (ending: Ending, end = now()): void => {
      emit(
        {
          type: 'call',
          link: id,
          key: request.context?.key,
          operation,
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
      tracing.rejected({ link: id, operation });
      return { kind: 'rejected', retryAfterMs: breaker.waitMs() };
    }
    const span = tracing.call({ link: id, operation, attempt });
    const headers = { ...headersOf(request, { id, attempt, admission }), ...span.headers };
    const result = await send({ client, request, headers, timeoutMs: policy.timeoutMs, isProbe: isProbe(admission) });
    const ending = endingOf(result);
    // One time for the record and for the breaker's window: else nobody could check its edge.
    const at = now();
    report(ending, at);
    span.end(ending);
    await admission.settle(verdictOf(ending), { error: wordFor(ending), at });
    return result;
  };

  return {
    id,
    call,
    policy: () => policy,
    view: () => {
      const window = breaker.window();
      const forced = breaker.forced();
      return {
        link: id,
        policy,
        state: policy.breaker === null ? 'off' : breaker.state(),
        ...(forced === null ? {} : { forced }),
        streak: breaker.streak(),
        ...(window === null ? {} : { window }),
        generation: breaker.generation(),
        ageMs: breaker.ageMs(),
      };
    },
    adopt: (next) => {
      const previous = policy;
      policy = next;
      breaker.adopt(next);
      return previous;
    },
    force: breaker.force,
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

const isProbe = ({ state }: Admission): boolean => state === 'halfOpen';

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

const verdictOf = ({ outcome }: Ending): Verdict =>
  outcome === 'success' ? 'success' : outcome === 'cancelled' ? 'cancelled' : 'failure';

const wordFor = ({ failure, status }: Ending): string =>
  failure === 'status' ? `status ${status}` : (failure ?? 'success');
