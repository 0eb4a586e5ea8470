// Traces of requests, as the rest of a service sees them: nothing of OpenTelemetry is loaded unless somebody collects them
// (OTEL_EXPORTER_OTLP_ENDPOINT), and then with the start, before the first request.
import type { LinkId, ServiceName } from '../fleet.ts';

export interface TracedRequest {
  readonly method: string;
  readonly route: string;
  /** The W3C header, where the caller traces. */
  readonly traceparent: string | undefined;
  readonly key: string | undefined;
}

export interface RequestSpan {
  /** What the work causes, now and later, is a part of this request. */
  readonly run: (work: () => void) => void;
  /** Once; what comes after it counts no more. */
  readonly end: (status: number) => void;
}

export interface TracedCall {
  readonly link: LinkId;
  readonly operation: string;
  readonly attempt: string;
  readonly isDatabase?: boolean;
}

export interface CallEnd {
  readonly outcome: 'success' | 'failure' | 'rejected' | 'cancelled';
  readonly failure?: string | undefined;
  readonly status?: number | undefined;
}

export interface CallSpan {
  /** What the callee needs to know. */
  readonly headers: Readonly<Record<string, string>>;
  readonly end: (end: CallEnd) => void;
}

export interface Tracing {
  readonly isOn: boolean;
  readonly request: (request: TracedRequest) => RequestSpan;
  /** A call of the request in which this is asked. */
  readonly call: (call: TracedCall) => CallSpan;
  /** The breaker refused a call of that request. */
  readonly rejected: (call: Omit<TracedCall, 'attempt'>) => void;
  /** Resolves when the exporter is loaded; what came before is not traced. */
  readonly start: () => Promise<void>;
  /** Sends what waits. */
  readonly close: () => Promise<void>;
}

const noCall: CallSpan = { headers: {}, end: () => {} };

export const noTracing: Tracing = {
  isOn: false,
  request: () => ({ run: (work) => work(), end: () => {} }),
  call: () => noCall,
  rejected: () => {},
  start: async () => {},
  close: async () => {},
};

/** `isCollected`: whether the environment names a collector. */
export function createTracing(service: ServiceName, isCollected: boolean): Tracing {
  if (!isCollected) return noTracing;
  let tracing = noTracing;
  return {
    isOn: true,
    request: (request) => tracing.request(request),
    call: (call) => tracing.call(call),
    rejected: (call) => tracing.rejected(call),
    start: async () => {
      const { createOtlpTracing } = await import('./otlp-tracing.ts');
      tracing = createOtlpTracing(service);
    },
    close: () => tracing.close(),
  };
}
