// Everything that is shown of a finished run, as a schema that report.json is published by. Every report and the terminal's
// summary render this and nothing else. All times in ms since the run's start unless a name says otherwise.
import { z } from 'zod';
import { breakerStates, callEvent, type Outcome, outcomes, windowSchema } from '../../services/contract/events.ts';
import { policySchema } from '../../services/contract/policy.ts';
import { doseShape, judgementSchema, verdictWords } from './judgement.ts';

const ms = z.number();
const count = z.int().min(0);
const texts = z.array(z.string()).readonly();

const percentilesSchema = z
  .object({
    n: count.describe('How many there were.'),
    p50: ms.describe('Median, ms.'),
    p95: ms.describe('ms.'),
    p99: ms.describe('ms.'),
    max: ms.describe('ms.'),
  })
  .readonly();

const countsSchema = z
  .object({
    success: count.describe('201.'),
    declined: count.describe('A business answer: 402, 404, 409, 422.'),
    rejected: count.describe('Refused by a breaker or a limit on the way.'),
    failed: count.describe('Another 5xx, or refused before anything was sent.'),
    unknown: count.describe('No answer.'),
    dropped: count.describe('Never sent: no room in flight.'),
  } satisfies Readonly<Record<Outcome, unknown>>)
  .readonly();

const phaseSchema = z
  .object({
    name: z.string().describe('Of the phase.'),
    judged: z.boolean().describe('false: the warm-up.'),
    from: ms.describe('Where it began.'),
    to: ms.describe('Where the next one began, or it ended.'),
    planned: count.describe('Arrivals due in it.'),
    counts: countsSchema.describe(`What became of them: ${outcomes.join(', ')}.`),
    lost: count.describe('Failed, unknown or dropped.'),
    shortCircuited: count.describe('Rejected by a breaker on the way.'),
    duration: percentilesSchema.describe('From when an order was due to its answer.'),
    lateness: percentilesSchema.describe('From when an order was due to its sending.'),
  })
  .readonly();

const faultSchema = z
  .object({
    ...doseShape,
    from: ms.describe('When it was set.'),
    to: ms.nullable().describe('When it was gone; null: never cleared in the record.'),
  })
  .readonly();

const linkResultSchema = z
  .object({
    link: z.string().describe('Caller and callee, such as order->payment.'),
    policy: policySchema.readonly().describe('In force during the run.'),
    calls: z
      .record(callEvent.shape.outcome, count)
      .readonly()
      .describe('All of the run, warm-up included: rejected by the breaker, cancelled by the caller.'),
    duration: percentilesSchema.describe('Of the calls that were admitted and not cancelled.'),
  })
  .readonly();

const columnSchema = z.array(count).readonly();
const durationsSchema = z.array(ms.nullable()).readonly();

/** Columns of equal length: a value a bucket, the first from 0 on, without holes. */
const seriesSchema = z
  .object({
    widthMs: ms.describe('How long a bucket is: a second, or more where the run would have too many of them.'),
    planned: columnSchema.describe('Arrivals that were due in it.'),
    sent: columnSchema.describe('Arrivals that were sent in it.'),
    outcomes: z
      .record(z.enum(outcomes), columnSchema)
      .readonly()
      .describe('Of the arrivals that belong to it: due in it, or met by a fault in it on their way, as in a phase.'),
    p50: durationsSchema.describe('Their durations, from when they were due, within 1 %; null: none was sent.'),
    p95: durationsSchema.describe('As p50.'),
    p99: durationsSchema.describe('As p50.'),
  })
  .readonly();

const incidentSchema = z.object({ at: ms.describe('When.'), what: z.string().describe('In a sentence.') }).readonly();

const transitionSchema = z
  .object({
    at: ms.describe('When.'),
    link: z.string().describe('Whose breaker.'),
    from: z.enum(breakerStates).describe('The state it left.'),
    to: z.enum(breakerStates).describe('The state it entered.'),
    cause: z.string().describe('threshold, wait-over, probe-failed, probe-succeeded or manual.'),
    streak: count.describe('Failures in a row when it happened.'),
    window: windowSchema
      .readonly()
      .exactOptional()
      .describe('At an opening by the rate rule: what it was decided on, calls and failures.'),
    error: z.string().exactOptional().describe('What the deciding call failed with.'),
  })
  .readonly();

/** Each figure is defined in time-definitions.ts. */
const linkTimesSchema = z
  .object({
    detectMs: ms.nullable().describe('From the first failed call under the first fault to the opening.'),
    overshoot: count.nullable().describe('Calls under way at the opening.'),
    notClosedMs: ms.describe('All the time that the breaker was open or half-open.'),
    faultToOpenMs: ms
      .nullable()
      .describe('From the start of the first fault that concerns the link to its breaker’s next opening.'),
    faultEndToClosedMs: ms
      .nullable()
      .describe('From the end of the last such fault to the closing after which the breaker stayed closed.'),
  })
  .readonly();

const runTimesSchema = z
  .object({
    degradedMs: ms.nullable().describe('Judged time in which customers did not get what they came for.'),
    drainMs: ms.nullable().describe('From the end of the last fault to the last answer that was due before it.'),
  })
  .readonly();

export const runResultSchema = z
  .object({
    v: z.literal(1).describe('Of this format.'),
    run: z.string().describe('The run’s id, and the name of its folder.'),
    scenario: z
      .object({
        name: z.string().describe('Its name.'),
        title: z.string().describe('One sentence of what it shows.'),
        path: z.string().describe('Its file, as the command line named it, relative where it can be.'),
        text: z.string().describe('As it was run, before --var and --set.'),
        hash: z
          .string()
          .describe('SHA-256 of the scenario as it is understood, its seed aside; empty: it could not be read.'),
        vars: z.record(z.string(), z.string()).readonly().describe('What --var changed.'),
        set: texts.describe('What --set changed, path=value.'),
      })
      .readonly()
      .describe('What was run.'),
    seed: z.int().describe('Every random decision of the run came from it.'),
    manual: z.boolean().describe('Somebody has changed the system by hand: it proves nothing about the scenario.'),
    command: z.string().describe('What brings the same run about again.'),
    startedAt: z.string().describe('Wall clock, ISO 8601.'),
    verdict: z.enum(verdictWords).describe('How it ended.'),
    reason: z.string().describe('Why, in a sentence.'),
    durationMs: ms.describe('How long the record is.'),
    judgements: z.array(judgementSchema).readonly().describe('Every expectation, then the evidence.'),
    phases: z.array(phaseSchema).readonly().describe('In their order, the warm-up first.'),
    faults: z.array(faultSchema).readonly().describe('In the order in which they were set.'),
    transitions: z.array(transitionSchema).readonly().describe('Of all breakers, in order.'),
    links: z.array(linkResultSchema).readonly().describe('Every link whose policy the journal tells, in its order.'),
    series: seriesSchema.describe('What charts are drawn from.'),
    incidents: z
      .array(incidentSchema)
      .readonly()
      .describe('What happened besides: processes that ended, events that were lost.'),
    times: z
      .record(z.string(), linkTimesSchema)
      .readonly()
      .describe('By link, for every link that a fault concerned or whose breaker moved. null: nothing to measure.'),
    runTimes: runTimesSchema.describe('Of the run as a whole. null: nothing to measure.'),
    openLatency: z
      .object({ n: count.describe('How many orders.'), p99Ms: ms.describe('Their p99.') })
      .readonly()
      .nullable()
      .describe('Orders due while any breaker of the order service was open. null: none was.'),
    fleet: z
      .object({
        driver: z.string().describe('process or docker.'),
        policies: z.string().describe('SHA-256 of the policies in force.'),
      })
      .readonly()
      .nullable()
      .describe('On what. null: the journal does not say.'),
    versions: z.record(z.string(), z.string()).readonly().describe('Of SmartOrders and Node.'),
    machine: z
      .object({
        platform: z.string().describe('Such as linux-x64.'),
        cpus: count.describe('How many.'),
        memoryMb: count.describe('In all.'),
      })
      .readonly()
      .nullable()
      .describe('Where. null: the journal does not say.'),
    notes: texts.describe('What a reader should know beside the verdict.'),
  })
  .readonly();

export type RunResult = z.infer<typeof runResultSchema>;
export type PhaseResult = RunResult['phases'][number];
/** ms. */
export type Percentiles = z.infer<typeof percentilesSchema>;
export type FaultResult = RunResult['faults'][number];
export type Transition = RunResult['transitions'][number];
export type RunTimes = z.infer<typeof runTimesSchema>;
export type LinkTimes = z.infer<typeof linkTimesSchema>;
export type LinkResult = RunResult['links'][number];
