// Requests to the business routes as spans, for a service whose traces are collected.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { contextOf, oneHeader } from './call-context.ts';
import { traceparentHeader } from './traceparent.ts';
import type { RequestSpan, Tracing } from './tracing.ts';

/** As nginx has it: the client left before its answer did. */
const clientClosedRequest = 499;

export function traceRequests(scope: FastifyInstance, tracing: Pick<Tracing, 'request'>): void {
  const spans = new WeakMap<FastifyRequest, RequestSpan>();
  scope.addHook('onRequest', async (request, { raw }) => {
    const { method, routeOptions, headers } = request;
    const traceparent = oneHeader(headers, traceparentHeader);
    const span = tracing.request({ method, route: routeOptions.url ?? '*', traceparent, key: contextOf(request).key });
    spans.set(request, span);
    raw.once('finish', () => span.end(raw.statusCode));
    raw.once('close', () => span.end(clientClosedRequest));
  });
  // Not sooner: reading a body leaves the context that the request came in.
  scope.addHook('preHandler', (request, _reply, done) => {
    const span = spans.get(request);
    if (span === undefined) done();
    else span.run(done);
  });
}
