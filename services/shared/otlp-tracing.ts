// Traces by OpenTelemetry's own library, sent over OTLP. Endpoint and headers are its business (OTEL_EXPORTER_OTLP_*).
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { ServiceName } from '../fleet.ts';
import { formatTraceparent, parseTraceparent, traceparentHeader } from './traceparent.ts';
import type { Tracing } from './tracing.ts';

/** A service of a process fleet leaves as soon as its keeper does: what waits then is lost. */
const batchMs = 200;
/** A collector that is away must not keep the service. */
const goodbyeMs = 1_000;

export function createOtlpTracing(service: ServiceName): Tracing {
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.namespace': 'smartorders' }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter(), { scheduledDelayMillis: batchMs })],
  });
  const tracer = provider.getTracer('smartorders');
  /** The request that is being served. */
  const serving = new AsyncLocalStorage<Span>();
  const around = (): Context => {
    const request = serving.getStore();
    return request === undefined ? ROOT_CONTEXT : trace.setSpan(ROOT_CONTEXT, request);
  };

  return {
    isOn: true,
    request: ({ method, route, traceparent, key }) => {
      const attributes = { 'http.request.method': method, 'http.route': route, 'smartorders.key': key };
      const span = tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, callerOf(traceparent));
      return {
        run: (work) => serving.run(span, work),
        end: (status) => {
          if (!span.isRecording()) return;
          span.setAttribute('http.response.status_code', status);
          if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        },
      };
    },
    call: ({ link, operation, attempt, isDatabase = false }) => {
      const attributes = {
        'smartorders.link': link,
        'smartorders.attempt': attempt,
        ...(isDatabase ? { 'db.system.name': 'postgresql', 'db.operation.name': operation } : {}),
      };
      const span = tracer.startSpan(operation, { kind: SpanKind.CLIENT, attributes }, around());
      return {
        headers: { [traceparentHeader]: formatTraceparent(span.spanContext()) },
        end: ({ outcome, failure, status }) => {
          span.setAttributes({ 'smartorders.outcome': outcome, 'error.type': failure });
          if (status !== undefined) span.setAttribute('http.response.status_code', status);
          if (outcome === 'failure') span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        },
      };
    },
    rejected: ({ link, operation }) => {
      const attributes = { 'smartorders.link': link, 'smartorders.operation': operation };
      serving.getStore()?.addEvent('breaker.rejected', attributes);
    },
    start: async () => {},
    close: () => Promise.race([provider.shutdown().catch(() => {}), sleep(goodbyeMs, undefined, { ref: false })]),
  };
}

function callerOf(traceparent: string | undefined): Context {
  const caller = parseTraceparent(traceparent);
  return caller === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...caller, isRemote: true });
}
