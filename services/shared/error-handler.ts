// Every error of a service leaves here, as RFC 9457 problem+json.
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Log } from './log.ts';
import { ProblemError, problemError, problemType } from './problem.ts';

export function answerErrors(app: FastifyInstance, log: Log): void {
  const logged = new Set<string>();
  app.setNotFoundHandler((request) => {
    throw problemError('not-found', { detail: `no route ${request.method} ${request.url}` });
  });
  app.setErrorHandler((error, request, reply) => {
    const problem = asProblem(error);
    const route = `${request.method} ${request.routeOptions.url ?? '?'}`;
    const kind = `${problem.problem.code} ${problem.problem.link ?? ''} ${route}`;
    // The first of a kind is news; at 40 a second the rest would only hide it.
    if (problem.problem.status >= 500 && problem.problem.code !== 'injected-fault' && !logged.has(kind)) {
      logged.add(kind);
      log.error('a request failed', { route, request: request.id, ...problem.problem, error: described(error) });
    }
    return sendProblem(reply, problem);
  });
}

export function sendProblem(reply: FastifyReply, { problem, retryAfterSeconds }: ProblemError): FastifyReply {
  if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds);
  return reply.code(problem.status).type(problemType).send(JSON.stringify(problem));
}

/** Fastify's own errors (a body that is no JSON, too large, of another type) carry a status below 500. */
function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  if (error instanceof Error && typeof status === 'number' && status < 500) {
    return problemError('invalid-request', { status, detail: error.message, cause: error });
  }
  return problemError('internal', { cause: error });
}

function described(error: unknown): string {
  if (!(error instanceof ProblemError)) return error instanceof Error ? (error.stack ?? error.message) : String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
