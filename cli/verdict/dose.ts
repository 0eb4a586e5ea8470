// Was a fault really there? Judged by what callers and callees saw of it, never by the request for it. The yardstick is the
// same links' calls outside of every fault that concerns them. A fault that nobody met, or that shows no effect, makes
// every promise under it worthless: inconclusive.
import type { EventOf } from '../../services/contract/events.ts';
import { medianOf, percentileOf } from '../metrics/distribution.ts';
import type { FaultSpan, RunRecord } from '../metrics/record.ts';
import { concerns } from '../scenario/concerns.ts';
import { describeFault } from '../scenario/describe-fault.ts';
import type { Fault, HttpFault } from '../scenario/fault.ts';
import { edgeShortfall } from './dose-edges.ts';
import { counted, ms, percent } from './figures.ts';
import type { Dose } from './judgement.ts';

type Call = Pick<EventOf<'call'>, 'link' | 'start' | 'end' | 'failure' | 'status'>;

/** `spec`: as planned; the record may not know the fault at all. */
export function doseOf(record: RunRecord, fault: string, spec: Fault): Dose {
  const span = record.faults.find((candidate) => candidate.fault === fault);
  const concerned = attemptsOn(record, describeFault(spec).target);
  const attempts = span === undefined ? [] : metBy(concerned, span, record.endAt);
  const usual = concerned.filter((call) => !record.faults.some((other) => touches(other, call)));
  const evidence = evidenceOf(spec, usual);
  const hits = attempts.filter(evidence.isHit);
  const failpointHits = record.observed.filter((event) => event.fault === fault).length;
  const base = {
    fault,
    ...describeFault(spec),
    intended: evidence.intended,
    attempts: attempts.length,
    hit: hits.length,
  };
  const observed = observedOf({ spec, attempts, hits, failpointHits });
  const met = attempts
    .map((call) => ({ start: call.start, end: call.end, isHit: evidence.isHit(call) }))
    .toSorted((a, b) => a.start - b.start);
  const short =
    shortfall({ spec, span, attempts, hits, failpointHits, usual, evidence }) ??
    (span === undefined ? null : edgeShortfall(spec, span, met));
  return short === null
    ? { ...base, observed, standing: 'passed' }
    : { ...base, observed, standing: 'inconclusive', reason: short };
}

// --- internal ---

/** Those that began under it. Where a breaker has opened on the calls that were under way, these are all there is. */
function metBy(calls: readonly Call[], { from, to }: FaultSpan, endAt: number): readonly Call[] {
  const begun = calls.filter(({ start }) => start >= from && start < (to ?? endAt));
  return begun.length > 0 ? begun : calls.filter(({ start, end }) => start < from && end >= from);
}

/** Customers reach the gateway over no link: what they saw of it is their requests. */
const customers = 'customer->gateway';

function attemptsOn(record: RunRecord, target: string): readonly Call[] {
  if (target === 'gateway') return record.requests.flatMap(asCall);
  return [...record.calls]
    .filter(([link]) => concerns(target, link))
    .flatMap(([, calls]) => calls.filter(({ admitted, outcome }) => admitted && outcome !== 'cancelled'));
}

function asCall({ sentAt, doneAt, status, error }: EventOf<'request'>): readonly Call[] {
  if (sentAt === null) return [];
  const failure = status === null ? (failures.find((known) => known === error) ?? 'other') : undefined;
  return [
    {
      link: customers,
      start: sentAt,
      end: doneAt,
      ...(status === null ? {} : { status }),
      ...(failure && { failure }),
    },
  ];
}

const failures = ['timeout', 'reset', 'refused'] as const;

/** What one attempt must look like to show the fault, in words and as a test. */
interface Evidence {
  readonly intended: string;
  readonly isHit: (call: Call) => boolean;
  /** Which share of the attempts must show it, at least. */
  readonly share: number;
}

const transportFailures: readonly (string | undefined)[] = ['timeout', 'reset', 'refused', 'closed', 'other'];
const lasted = ({ start, end }: Call): number => end - start;
const timedOut = ({ failure }: Call): boolean => failure === 'timeout';

/** A per-request probability of p shows itself in p of the attempts; half of that is asked for, once chance cannot explain less. */
const enoughToCount = 20;

function evidenceOf(spec: Fault, usual: readonly Call[]): Evidence {
  switch (spec.type) {
    case 'down':
    case 'resetPeer':
    case 'timeout':
    case 'limitData':
      return {
        intended: 'more transport failures than usual',
        isHit: ({ failure }) => transportFailures.includes(failure),
        share: 0,
      };
    case 'latency':
      return slower(usual, spec.latencyMs, 0.5 * spec.toxicity);
    case 'httpDelay':
      return slower(usual, spec.delayMs, isCounted(spec) ? 0.5 * spec.probability : 0);
    case 'bandwidth':
    case 'slicer':
    case 'slowClose': {
      const limit = percentileOf(
        usual.map(lasted).toSorted((a, b) => a - b),
        95,
      );
      const isHit = (call: Call) => timedOut(call) || lasted(call) > limit;
      return {
        intended: `half of the attempts above the usual p95 (${ms(limit)}), or timed out`,
        isHit,
        share: 0.5 * spec.toxicity,
      };
    }
    case 'httpError':
      return {
        intended: `status ${spec.status} at the caller`,
        isHit: ({ status }) => status === spec.status,
        share: 0,
      };
    case 'decline':
      return { intended: 'status 402 at the caller', isHit: ({ status }) => status === 402, share: 0 };
    default:
      return spec satisfies never;
  }
}

/** `share`: one attempt that noise has slowed must not vouch for a delay that nobody applied. */
function slower(usual: readonly Call[], addedMs: number, share: number): Evidence {
  const limit = medianOf(usual.map(lasted)) + addedMs / 2;
  const isHit = (call: Call) => timedOut(call) || lasted(call) >= limit;
  return { intended: `attempts of ${ms(limit)} or more, or timed out`, isHit, share };
}

interface Seen {
  readonly spec: Fault;
  readonly attempts: readonly Call[];
  readonly hits: readonly Call[];
  readonly failpointHits: number;
}

function observedOf({ spec, attempts, hits, failpointHits }: Seen): string {
  const share = `${hits.length} of ${counted(attempts.length, 'attempt')}`;
  const median = attempts.length > 0 ? `, median ${ms(medianOf(attempts.map(lasted)))}` : '';
  return 'service' in spec ? `${share}${median}, ${counted(failpointHits, 'failpoint hit')}` : `${share}${median}`;
}

interface Case extends Seen {
  readonly span: FaultSpan | undefined;
  readonly usual: readonly Call[];
  readonly evidence: Evidence;
}

/** null: the dose was given. */
function shortfall({ spec, span, attempts, hits, failpointHits, usual, evidence }: Case): string | null {
  if (span === undefined) return 'it was never set';
  if (attempts.length === 0) return 'no attempt met it';
  const share = hits.length / attempts.length;
  const usualShare = usual.length === 0 ? 0 : usual.filter(evidence.isHit).length / usual.length;
  if (hits.length === 0) return `none of ${counted(attempts.length, 'attempt')} shows it`;
  if (share <= usualShare)
    return `attempts show it no more often (${percent(share)}) than without it (${percent(usualShare)})`;
  if (share < evidence.share) return `only ${percent(share)} of the attempts show it`;
  if (!('service' in spec)) return null;
  if (failpointHits === 0) return 'the failpoint never fired';
  const reached = attempts.length - spec.skipFirst;
  if (spec.failCount !== undefined && spec.probability === 1 && spec.route === undefined) {
    const due = Math.min(spec.failCount, reached);
    if (failpointHits < due) return `it hit ${counted(failpointHits, 'request')} of the ${due} that it should`;
  }
  const expected = spec.probability * attempts.length;
  return isCounted(spec) && expected >= enoughToCount && hits.length < expected / 2
    ? `${percent(share)} of the attempts show it, where ${percent(spec.probability)} should`
    : null;
}

/** Every attempt is one that it may hit. With a route, attempts on other routes cannot show it; counts end early. */
const isCounted = ({ route, skipFirst, failCount }: HttpFault): boolean =>
  route === undefined && skipFirst === 0 && failCount === undefined;

const touches = ({ target, from, to }: FaultSpan, { link, start, end }: Call): boolean =>
  (link === customers ? target === 'gateway' : concerns(target, link)) && end >= from && (to === null || start < to);
