// What somebody who wants a new scenario has decided: all that the file is written from.
import type { LinkId, ServiceName } from '../../../services/fleet.ts';
import { formatDuration } from '../duration.ts';
import type { Fault, faultTypes } from '../fault.ts';
import { faultSchema } from '../fault.ts';

export type FaultType = (typeof faultTypes)[number];

export type Target = { readonly link: LinkId } | { readonly service: ServiceName };

export interface Draft {
  readonly name: string;
  readonly title: string;
  readonly fault: FaultType;
  readonly target: Target;
  /** Of httpError. */
  readonly status: number;
  /** Of latency, httpDelay and slowClose. */
  readonly latencyMs: number;
  /** Of bandwidth. */
  readonly kilobytesPerSecond: number;
  /** Of limitData and slicer. */
  readonly bytes: number;
  readonly perSecond: number;
  readonly baselineMs: number;
  readonly outageMs: number;
  readonly recoveryMs: number;
}

export type Dose = 'status' | 'latency' | 'bandwidth' | 'bytes';

/** What says how strong a fault is; null: it is all or nothing. */
export const doseOf: Readonly<Record<FaultType, Dose | null>> = {
  latency: 'latency',
  bandwidth: 'bandwidth',
  slowClose: 'latency',
  timeout: null,
  resetPeer: null,
  slicer: 'bytes',
  limitData: 'bytes',
  down: null,
  httpError: 'status',
  httpDelay: 'latency',
  decline: null,
};

export const sitsInService = (fault: FaultType): boolean => ['httpError', 'httpDelay', 'decline'].includes(fault);

/** As the file says it, in the order of the keys. */
export function faultFields({ fault, target, ...draft }: Draft): Readonly<Record<string, string | number>> {
  const base = { type: fault, ...target };
  const latency = formatDuration(draft.latencyMs);
  switch (fault) {
    case 'latency':
      return { ...base, latency };
    case 'httpDelay':
    case 'slowClose':
      return { ...base, delay: latency };
    case 'bandwidth':
      return { ...base, rate: `${draft.kilobytesPerSecond}KB/s` };
    case 'slicer':
      return { ...base, averageSize: draft.bytes, delay: '10ms' };
    case 'limitData':
      return { ...base, bytes: draft.bytes };
    case 'httpError':
      return { ...base, status: draft.status };
    case 'timeout':
    case 'resetPeer':
    case 'down':
    case 'decline':
      return base;
    default:
      return fault satisfies never;
  }
}

/** As the scenario will have it; null: no such fault can be. */
export function faultOf(draft: Draft): Fault | null {
  const { success, data } = faultSchema.safeParse(faultFields(draft));
  return success ? data : null;
}
