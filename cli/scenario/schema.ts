// The scenario format (version 1): what may be written, and what it means once normalised (every time in ms).
// What needs two places of the file to be judged is in check.ts.
import { z } from 'zod';
import { breakerStates } from '../../services/contract/events.ts';
import { faultSchema } from './fault.ts';
import {
  duration,
  expected,
  identifier,
  linkName,
  percentage,
  positiveDuration,
  strict,
  wholeNumber,
} from './fields.ts';
import { dataSchema, journeySchema } from './journey.ts';
import { type Load, loadSchema } from './load.ts';
import { unknownWord } from './nearest.ts';
import { stopConditionSchema } from './stop-condition.ts';
import { type FailFast, parseFailFast, thresholdSchema } from './threshold.ts';

const openFor = positiveDuration.describe('How long it stays open before one probe may go.');

const consecutiveSchema = strict({
  rule: z.literal('consecutive').optional().describe('Opens after so many failures in a row (the default).'),
  failureThreshold: wholeNumber(1).optional().describe('Failures in a row, in order of completion, that open it.'),
  openFor: openFor.optional(),
}).transform(({ rule: _, failureThreshold, openFor: openForMs }) => ({
  rule: 'consecutive' as const,
  ...(failureThreshold === undefined ? {} : { failureThreshold }),
  ...(openForMs === undefined ? {} : { openForMs }),
}));

const rateSchema = strict({
  rule: z.literal('rate').describe('Opens when too many of the latest calls have failed.'),
  window: positiveDuration.describe('How far back calls count, such as 10s.'),
  minimum: wholeNumber(1).describe('It never opens on fewer calls than this in the window.'),
  percent: percentage.describe('Share of failures at which it opens, such as 50%.'),
  openFor: openFor.optional(),
}).transform(({ window: windowMs, minimum, percent, openFor: openForMs }) => ({
  rule: 'rate' as const,
  windowMs,
  minimum,
  percent,
  ...(openForMs === undefined ? {} : { openForMs }),
}));

const breakerRules = ['consecutive', 'rate'] as const;
const ruled = z.object({ rule: z.string() });

const breakerOverrideSchema = z.union(
  [
    z.literal('off'),
    z.discriminatedUnion('rule', [consecutiveSchema, rateSchema], {
      error: ({ input }) => {
        const { success, data } = ruled.safeParse(input);
        return success ? unknownWord('rule', data.rule, breakerRules) : `rules: ${breakerRules.join(', ')}`;
      },
    }),
  ],
  { error: 'expected off, or a map such as { failureThreshold: 3, openFor: 10s }' },
);

export const linkOverrideSchema = strict({
  timeout: positiveDuration.optional().describe('Per try; when it is over the socket is aborted.'),
  breaker: breakerOverrideSchema.optional().describe('off, or how the breaker of the link behaves.'),
}).transform(({ timeout, breaker }) => ({
  ...(timeout === undefined ? {} : { timeoutMs: timeout }),
  ...(breaker === undefined ? {} : { breaker }),
}));

export const phaseSchema = strict({
  name: identifier
    .refine((name) => name !== 'warmup', 'warmup is the name of the stretch before the first phase')
    .refine((name) => name !== 'hand', 'hand is what faults set by hand are named after')
    .describe('What thresholds call it: … during <name>.'),
  for: positiveDuration.describe('How long it lasts.'),
  faults: z
    .array(faultSchema, 'expected a list of faults')
    .default([])
    .describe('What is broken in this phase; all of it is whole again when the phase ends.'),
}).transform(({ for: forMs, ...rest }) => ({ ...rest, forMs }));

const failFastSchema = z.string(expected('a limit such as p(99) < 20ms')).transform((text, context): FailFast => {
  const parsed = parseFailFast(text);
  if (typeof parsed !== 'string') return parsed;
  context.issues.push({ code: 'custom', message: parsed, input: text });
  return z.NEVER;
});

export const breakerContractSchema = strict({
  path: z
    .array(
      z.enum([...breakerStates, '...'], `a path is made of ${breakerStates.join(', ')} and "..."`),
      'expected a list of states',
    )
    .min(1, 'an empty path promises nothing')
    .optional()
    .describe('The states it goes through, in order; "..." stands for any run of states, also none.'),
  opensWithin: positiveDuration
    .optional()
    .describe('It opens at most this long after the start of the first fault that concerns the link.'),
  callsWhileOpen: z
    .int('expected a whole number')
    .min(0, 'must be at least 0')
    .optional()
    .describe('At most so many calls get through while it is open, at either end.'),
  staysOpenFor: positiveDuration
    .optional()
    .describe('Each time it opens it stays open for so long, no more and no less.'),
  probes: wholeNumber(0).optional().describe('At most so many probes in all.'),
  maxOpens: wholeNumber(0).optional().describe('It opens at most so often, by a failed probe too.'),
  staysClosed: z
    .literal(true, 'expected true')
    .optional()
    .describe('It never leaves closed: the faults are none of its business.'),
  failFast: failFastSchema
    .optional()
    .describe('How long a caller waits for a refusal, such as p(99) < 20ms: from asking the breaker to its rejection.'),
  contract: z
    .literal('off', 'expected off; the contract is on without a word')
    .optional()
    .describe('off: this breaker need not keep to its declared policy in this scenario.'),
}).transform(({ opensWithin, staysOpenFor, ...rest }) => ({
  ...rest,
  ...(opensWithin === undefined ? {} : { opensWithinMs: opensWithin }),
  ...(staysOpenFor === undefined ? {} : { staysOpenForMs: staysOpenFor }),
}));

const expectSchema = strict({
  thresholds: z
    .array(
      thresholdSchema.describe('metric [p(N)|avg|max] op value [during phase, …], such as orders.success >= 99%.'),
      'expected a list of thresholds',
    )
    .default([])
    .describe('What orders, loads, steps and calls must look like.'),
  breakers: z
    .partialRecord(linkName, breakerContractSchema)
    .default({})
    .describe('What breakers must do, by link. One that is named is also held to its declared policy.'),
  recovery: strict({
    within: positiveDuration.describe('From the end of the last fault, at most so long until all is well.'),
    stableFor: positiveDuration.describe('And it stays well for so long.'),
  })
    .transform(({ within: withinMs, stableFor: stableForMs }) => ({ withinMs, stableForMs }))
    .optional()
    .describe(
      'How soon after the last fault every breaker is closed and the thresholds of the first phase hold again.',
    ),
});

const knownSchema = strict({
  verdict: z
    .enum(['passed', 'failed', 'inconclusive'], expected('passed, failed or inconclusive'))
    .describe('What a run of this scenario is known to end with.'),
  by: z
    .array(z.string('expected the name of an expectation, such as orders.duration'), 'expected a list of expectations')
    .default([])
    .describe(
      'The expectations that decide it, all of them and no others: orders.duration, recovery, order->payment.path.',
    ),
});

const variableName = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9-]*$/, 'the name of a variable is letters, digits and hyphens, such as outage-length');

export const scenarioSchema = strict({
  version: z.literal(1, expected('1, the only version of the format')).describe('Of the format: 1.'),
  name: identifier.describe('Lower-case, with hyphens; the file is best called <name>.yaml.'),
  title: z
    .string(expected('a title, one sentence of what is shown'))
    .min(1, 'must say something')
    .describe('One sentence of what the scenario shows.'),
  tags: z
    .array(identifier, 'expected a list of tags')
    .default([])
    .describe('Words to choose scenarios by: scenario run --tag <tag>.'),
  known: knownSchema
    .default({ verdict: 'passed', by: [] })
    .describe('The verdict that this scenario is known to give, checked by scenario run --known. Absent: passed.'),
  seed: z
    .int('expected a whole number')
    .min(0, 'must be at least 0')
    .max(0xffffffff, 'must fit into 32 bits')
    .default(1)
    .describe('Every random decision of a run comes from it.'),
  variables: z
    .record(variableName, z.union([z.string(), z.number(), z.boolean()], 'expected a text, a number, true or false'))
    .default({})
    .describe('Values to use elsewhere as ${name}, each with its default; --var name=value changes one for a run.'),
  data: dataSchema
    .default({ users: 50, items: 5, stock: 1_000_000 })
    .describe('What is made for the run before it starts.'),
  fleet: strict({
    links: z
      .partialRecord(linkName, linkOverrideSchema)
      .default({})
      .describe('Timeouts and breakers that differ from the fleet’s own, by link.'),
  })
    .default({ links: {} })
    .describe('What is different about the fleet in this scenario.'),
  warmup: duration.default(3_000).describe('The same load before the first phase, not judged. Default 3s.'),
  journeys: z
    .record(identifier, journeySchema, 'expected a map of journeys')
    .default({})
    .describe('Journeys of this scenario’s own, by name; others are place-order and the files in journeys/ beside it.'),
  load: z
    .record(identifier, loadSchema, expected('a map of loads'))
    .refine((loads) => Object.keys(loads).length > 0, 'needs at least one load')
    .describe('Who comes, how often, and what they do, by name.'),
  phases: z
    .array(phaseSchema, expected('a list of phases'))
    .min(1, 'needs at least one phase')
    .describe('The run, stretch by stretch.'),
  expect: expectSchema
    .default({ thresholds: [], breakers: {} })
    .describe('The promises. A run that keeps all of them has passed.'),
  steadyState: z
    .enum(['on', 'off'], expected('on or off'))
    .default('on')
    .describe(
      'on: before the first fault the thresholds that cover the first phase must hold, else nothing is broken and the run is inconclusive.',
    ),
  stopConditions: z
    .array(
      stopConditionSchema.describe('metric [p(N)|avg|max] op value for <window>, such as orders.failed > 50% for 3s.'),
      'expected a list of stop conditions',
    )
    .default([])
    .describe('When a run is aborted and everything undone; asked each second of what was answered in the window.'),
}).transform(({ warmup: warmupMs, ...rest }) => ({ ...rest, warmupMs }));

export type Scenario = Readonly<z.infer<typeof scenarioSchema>>;
export type { FailFast, Load };
export type Phase = Scenario['phases'][number];
export type LinkOverride = Readonly<z.infer<typeof linkOverrideSchema>>;
export type BreakerContract = Readonly<z.infer<typeof breakerContractSchema>>;
export type RecoveryContract = NonNullable<Scenario['expect']['recovery']>;
export type Known = Readonly<z.infer<typeof knownSchema>>;
