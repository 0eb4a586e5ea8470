// The W3C header `traceparent`: version, trace, span that calls, flags. Pure.
export interface RemoteSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceFlags: number;
}

export const traceparentHeader = 'traceparent';

const pattern = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** undefined: what is no such header begins a trace of its own (W3C Trace Context, 3.2). */
export function parseTraceparent(text: string | undefined): RemoteSpan | undefined {
  const [, traceId, spanId, flags, more] = pattern.exec(text ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  // Only a later version may say more.
  if (more !== undefined && text?.startsWith('00-')) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1 };
}

export const formatTraceparent = ({ traceId, spanId, traceFlags }: RemoteSpan): string =>
  `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
