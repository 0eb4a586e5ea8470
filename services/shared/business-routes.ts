// The part of a service that faults are aimed at: its arrivals are events, failpoints may answer in its place, and what its
// clients got is measured.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { attemptHeader, generationHeader, linkHeader } from '../contract/headers.ts';
import { contextOf, oneHeader } from './call-context.ts';
import type { Door, Routes } from './door.ts';
import type { Emit } from './events.ts';
import type { Failpoints } from './failpoints.ts';
import type { Metrics } from './metrics.ts';
import { monotonicMs } from './monotonic.ts';
import { ProblemError } from './problem.ts';
import { traceRequests } from './trace-requests.ts';

/** Returns the list of `METHOD /route` that fills as Fastify takes the routes in. */
export function registerBusinessRoutes(
  app: FastifyInstance,
  { door, routes }: { readonly door: Door; readonly routes: Routes },
): readonly string[] {
  const registered: string[] = [];
  app.register(async (scope) => {
    scope.addHook('onRoute', ({ method, url }) => {
      registered.push(`${method} ${url}`);
    });
    scope.addHook('onRequest', async (request) => reportArrival(request, door.events.emit));
    scope.addHook('onRequest', async (request, reply) => measure(request, reply, door.metrics.served));
    if (door.tracing.isOn) traceRequests(scope, door.tracing);
    // After the body is read, so that a fault never leaves a half-sent request on the socket.
    scope.addHook('preHandler', async (request) => hitFailpoints(request, door.failpoints));
    routes(scope);
  });
  return registered;
}

const operationOf = ({ method, routeOptions }: FastifyRequest): string => `${method} ${routeOptions.url ?? '*'}`;

function reportArrival(request: FastifyRequest, emit: Emit): void {
  const link = oneHeader(request.headers, linkHeader);
  const attempt = oneHeader(request.headers, attemptHeader);
  if (link === undefined || attempt === undefined) return;
  const told = oneHeader(request.headers, generationHeader) ?? '';
  const generation = /^\d{1,15}$/.test(told) ? Number(told) : 0;
  const { key } = contextOf(request);
  emit({ type: 'arrival', link, attempt, generation, key, operation: operationOf(request) });
}

const clientClosedRequest = 499;

/** Not by Fastify's `onResponse`, which does not come where the client left before its answer did. */
function measure({ method, routeOptions }: FastifyRequest, { raw }: FastifyReply, served: Metrics['served']): void {
  const start = monotonicMs();
  let isOver = false;
  const end = (status: number): void => {
    if (isOver) return;
    isOver = true;
    served({ method, route: routeOptions.url ?? '*', status, seconds: (monotonicMs() - start) / 1_000 });
  };
  raw.once('finish', () => end(raw.statusCode));
  raw.once('close', () => end(clientClosedRequest));
}

async function hitFailpoints(request: FastifyRequest, failpoints: Failpoints): Promise<void> {
  if (failpoints.isEmpty()) return;
  const { key, arrival } = contextOf(request);
  const attempt = oneHeader(request.headers, attemptHeader);
  const problem = await failpoints.check({
    operation: operationOf(request),
    link: oneHeader(request.headers, linkHeader) ?? 'direct',
    // Requests made by hand belong to no plan: each is decided on its own.
    arrival: arrival ?? key ?? request.id,
    attempt,
    key,
  });
  if (problem !== undefined) throw new ProblemError(problem);
}
