// Every event of a run: the one record from which dashboard, verdict and reports are folded.
// Times are ms: on the wire from a service on its own CLOCK_MONOTONIC, in the journal since the run's start on the runner's clock.
// Readers skip types they do not know and accept every older `v`.
import { z } from 'zod';
import { policySchema } from './policy.ts';

export const eventVersion = 1;

const count = z.int().min(0);
const envelope = {
  v: z.int().min(1),
  at: z.number(),
  /** `runner`, or `service/bootId` (new at each start). */
  src: z.string(),
  /** From 1, per src, without holes. */
  seq: z.int().min(1),
};
const event = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.object({ ...envelope, type: z.literal(type), ...shape });

export const breakerStates = ['closed', 'open', 'halfOpen'] as const;
export const outcomes = ['success', 'declined', 'rejected', 'failed', 'unknown', 'dropped'] as const;

/** What a breaker's rate rule has in view: the calls that counted, and how many of them failed. */
export const windowSchema = z.object({ calls: count, failures: count });

/** A link's breaker changed its state. `generation` = transitions so far, this one included. */
export const breakerEvent = event('breaker', {
  link: z.string(),
  from: z.enum(breakerStates),
  to: z.enum(breakerStates),
  /** threshold: closed→open · wait-over: open→halfOpen · probe-failed: halfOpen→open · probe-succeeded: halfOpen→closed · manual: by an admin route. */
  cause: z.enum(['threshold', 'wait-over', 'probe-failed', 'probe-succeeded', 'manual']),
  /** Failures in a row when it happened. */
  streak: count,
  /** At an opening by the rate rule: what it was decided on. */
  window: windowSchema.optional(),
  generation: count,
  /** What the deciding call failed with, e.g. `refused`, `status 503`. */
  error: z.string().optional(),
});

export const callFailures = ['timeout', 'reset', 'refused', 'closed', 'status', 'other'] as const;

/** One attempt over a link, told when it ends; `at` = `end`. A refused one (`admitted: false`) never left the caller. */
export const callEvent = event('call', {
  link: z.string(),
  /** The order's idempotency key, where the caller knows one. */
  key: z.string().optional(),
  /** `METHOD /route` or, to a database, the statement's name. */
  operation: z.string(),
  attempt: z.string(),
  /** The breaker's generation when it was asked. */
  generation: count,
  /** The breaker's state when it was asked. */
  state: z.enum(breakerStates),
  admitted: z.boolean(),
  start: z.number(),
  end: z.number(),
  /** As the breaker counts it: a 402 is a success. `cancelled`: the caller gave up, it counts as nothing. */
  outcome: z.enum(['success', 'failure', 'rejected', 'cancelled']),
  failure: z.enum(callFailures).optional(),
  status: z.int().optional(),
});

/** A service received an attempt. */
export const arrivalEvent = event('arrival', {
  link: z.string(),
  attempt: z.string(),
  generation: count,
  key: z.string().optional(),
  operation: z.string(),
});

/** A failpoint hit (one event per request it decided to hit). */
export const faultObservedEvent = event('fault.observed', {
  fault: z.string(),
  attempt: z.string().optional(),
  key: z.string().optional(),
  operation: z.string(),
});

/**
 * The service's event loop stood still for `ms`, up to `at`. `cpuMs`: what the process computed meanwhile; much less than
 * `ms` means that it was not given a processor.
 */
export const stallEvent = event('stall', { ms: z.number().min(0), cpuMs: z.number().min(0) });

const serviceEvents = [breakerEvent, callEvent, arrivalEvent, faultObservedEvent, stallEvent] as const;
/** What services stream as Server-Sent Events. */
export const serviceEventSchema = z.discriminatedUnion('type', serviceEvents);

export const runStartedEvent = event('run.started', {
  run: z.string(),
  scenario: z.object({
    name: z.string(),
    /** As given on the command line, relative where it can be. */
    path: z.string(),
    text: z.string(),
    /** What the command line changed before the text was read. */
    overrides: z.object({ vars: z.record(z.string(), z.string()), set: z.array(z.string()) }).optional(),
    /** The journeys' files that the text needs, by name. */
    journeys: z.record(z.string(), z.object({ path: z.string(), text: z.string() })).optional(),
  }),
  seed: z.int(),
  /** A playground: made to be meddled with, never judged. */
  manual: z.literal(true).optional(),
  /** What brings the same run about again. */
  command: z.string(),
  /** Wall clock, ISO 8601. */
  startedAt: z.string(),
  /** CLOCK_MONOTONIC ms of `at: 0` on the runner's machine: joins the journal with outside observations. */
  monotonicStart: z.number(),
  fleet: z.object({
    name: z.string(),
    driver: z.enum(['process', 'docker']),
    ephemeral: z.boolean(),
    /** Declared policies with the scenario's overrides applied, per link id. */
    policies: z.record(z.string(), policySchema),
  }),
  versions: z.record(z.string(), z.string()),
  machine: z.object({ platform: z.string(), cpus: count, memoryMb: count }),
  plan: z.array(z.looseObject({ at: z.number(), do: z.string() })),
});

export const phaseEvent = event('phase', { name: z.string(), edge: z.enum(['start', 'end']), judged: z.boolean() });

export const faultSetEvent = event('fault.set', {
  /** `<phase>/<n>`, unique in the run. */
  fault: z.string(),
  kind: z.string(),
  /** A link id or a service. */
  target: z.string(),
  /** The dose as asked for, e.g. `latency 3000±0 ms downstream`. */
  dose: z.string(),
  ttlMs: z.number(),
  by: z.enum(['plan', 'hand']),
});

export const faultClearedEvent = event('fault.cleared', {
  fault: z.string(),
  reason: z.enum(['plan', 'stop', 'hand']),
});

/** One finished (or dropped) arrival of the load, judged by its outcome. */
export const requestEvent = event('request', {
  load: z.string(),
  index: count,
  key: z.string(),
  dueAt: z.number(),
  /** null: dropped, never sent. */
  sentAt: z.number().nullable(),
  doneAt: z.number(),
  status: z.int().nullable(),
  outcome: z.enum(outcomes),
  code: z.string().optional(),
  order: z.string().optional(),
  error: z.string().optional(),
  /** `other`: its journey places no order. Absent: an order. */
  kind: z.enum(['order', 'other']).optional(),
  journey: z.string().optional(),
  /** The one step of its journey; absent where there are several, each of which is a `step` event. */
  step: z.string().optional(),
});

/** One answered step of a journey that has several. `dueAt`: planned for the first, else when the one before had ended, plus its pause. */
export const stepEvent = event('step', {
  load: z.string(),
  index: count,
  journey: z.string(),
  step: z.string(),
  dueAt: z.number(),
  sentAt: z.number(),
  doneAt: z.number(),
  status: z.int().nullable(),
  outcome: z.enum(outcomes),
  code: z.string().optional(),
  error: z.string().optional(),
});

/** Each second, per load. Counts are totals since the load's start; lateness covers that second, ms. */
export const loadTickEvent = event('load.tick', {
  load: z.string(),
  planned: count,
  sent: count,
  dropped: count,
  inFlight: count,
  lateness: z.object({ p50: z.number(), p99: z.number(), max: z.number() }),
});

export const processEvent = event('process', {
  /** A service, `db` or `toxiproxy`. */
  process: z.string(),
  change: z.enum(['exited']),
  code: z.int().nullable(),
  signal: z.string().nullable(),
  /** True when a fault of the scenario did it. */
  expected: z.boolean(),
});

/** What a person did to the system during the run, other than faults, which have events of their own. */
export const handEvent = event('hand', {
  action: z.enum(['breaker', 'load']),
  /** A link, or a load's name. */
  target: z.string(),
  /** E.g. `forced open`, `20/s -> 50/s`. */
  detail: z.string(),
});

/** How a source's clock maps to the run's: `runTime = serviceTime + offset`, uncertain by half of `roundTrip`. */
export const clockEvent = event('clock', { of: z.string(), offset: z.number(), roundTrip: z.number() });

/** Events of a source were lost: those after `after` and before `next` (null: up to the end). */
export const gapEvent = event('gap', { of: z.string(), after: count, next: count.nullable(), reason: z.string() });

export const runEndedEvent = event('run.ended', {
  /** aborted: by a stop condition · unsteady: nothing was broken, since the baseline's thresholds did not hold. */
  reason: z.enum(['completed', 'interrupted', 'aborted', 'unsteady', 'errored']),
  detail: z.string().optional(),
});

export const runEventSchema = z.discriminatedUnion('type', [
  ...serviceEvents,
  runStartedEvent,
  phaseEvent,
  faultSetEvent,
  faultClearedEvent,
  requestEvent,
  stepEvent,
  loadTickEvent,
  processEvent,
  handEvent,
  clockEvent,
  gapEvent,
  runEndedEvent,
]);

export type BreakerState = (typeof breakerStates)[number];
export type Outcome = (typeof outcomes)[number];
export type Window = Readonly<z.infer<typeof windowSchema>>;
export type CallFailure = (typeof callFailures)[number];
export type ServiceEvent = Readonly<z.infer<typeof serviceEventSchema>>;
export type RunEvent = Readonly<z.infer<typeof runEventSchema>>;
export type EventOf<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;
/** An event before its source has stamped it. */
export type Unstamped<E> = E extends unknown ? Omit<E, 'v' | 'at' | 'src' | 'seq'> : never;
