// The scenario format (version 1): what may be written, and what it means once normalised (every time in ms).
// What needs two places of the file to be judged is in check.ts.
import { z } from 'zod';
import { breakerStates } from '../../services/contract/events.ts';
import { faultSchema } from './fault.ts';
import { duration, expected, identifier, linkName, positiveDuration, rate, strict } from './fields.ts';
import { thresholdSchema } from './threshold.ts';

const count = z.int(expected('a whole number')).min(1, 'must be at least 1');

const breakerOverrideSchema = strict({
  failureThreshold: count.optional(),
  openFor: positiveDuration.optional(),
}).transform(({ failureThreshold, openFor }) => ({
  ...(failureThreshold === undefined ? {} : { failureThreshold }),
  ...(openFor === undefined ? {} : { openForMs: openFor }),
}));

export const linkOverrideSchema = strict({
  timeout: positiveDuration.optional(),
  breaker: z
    .union([z.literal('off'), breakerOverrideSchema], {
      error: 'expected off, or a map such as { failureThreshold: 3, openFor: 10s }',
    })
    .optional(),
}).transform(({ timeout, breaker }) => ({
  ...(timeout === undefined ? {} : { timeoutMs: timeout }),
  ...(breaker === undefined ? {} : { breaker }),
}));

const loadSchema = strict({
  /** Open model: arrival i is due at its planned time, whatever the answers before it did. */
  executor: z.literal('constant-arrival-rate', expected('constant-arrival-rate, the one executor there is')),
  rate,
  journey: z.literal('place-order', expected('place-order, the one journey there is')),
  /** An arrival that finds this many requests in flight is dropped, and counted as such. */
  maxInFlight: count,
  arrivals: z.enum(['uniform', 'poisson'], 'expected uniform or poisson').default('uniform'),
}).transform(({ rate: perSecond, ...rest }) => ({ ...rest, perSecond }));

const phaseSchema = strict({
  name: identifier.refine((name) => name !== 'warmup', 'warmup is the name of the stretch before the first phase'),
  for: positiveDuration,
  faults: z.array(faultSchema, 'expected a list of faults').default([]),
}).transform(({ for: forMs, ...rest }) => ({ ...rest, forMs }));

const breakerContractSchema = strict({
  /** States in order; "..." stands for any run of states, also none. */
  path: z
    .array(
      z.enum([...breakerStates, '...'], `a path is made of ${breakerStates.join(', ')} and "..."`),
      'expected a list of states',
    )
    .min(1, 'an empty path promises nothing')
    .optional(),
  opensWithin: positiveDuration.optional(),
  callsWhileOpen: z.int('expected a whole number').min(0, 'must be at least 0').optional(),
}).transform(({ opensWithin, ...rest }) => ({
  ...rest,
  ...(opensWithin === undefined ? {} : { opensWithinMs: opensWithin }),
}));

const expectSchema = strict({
  thresholds: z.array(thresholdSchema, 'expected a list of thresholds').default([]),
  breakers: z.partialRecord(linkName, breakerContractSchema).default({}),
  recovery: strict({ within: positiveDuration, stableFor: positiveDuration })
    .transform(({ within: withinMs, stableFor: stableForMs }) => ({ withinMs, stableForMs }))
    .optional(),
});

export const scenarioSchema = strict({
  version: z.literal(1, expected('1, the only version of the format')),
  name: identifier,
  title: z.string(expected('a title, one sentence of what is shown')).min(1, 'must say something'),
  seed: z
    .int('expected a whole number')
    .min(0, 'must be at least 0')
    .max(0xffffffff, 'must fit into 32 bits')
    .default(1),
  fleet: strict({ links: z.partialRecord(linkName, linkOverrideSchema).default({}) }).default({ links: {} }),
  warmup: duration.default(3_000),
  load: z
    .record(identifier, loadSchema, expected('a map of loads'))
    .refine((loads) => Object.keys(loads).length > 0, 'needs at least one load'),
  phases: z.array(phaseSchema, expected('a list of phases')).min(1, 'needs at least one phase'),
  expect: expectSchema.default({ thresholds: [], breakers: {} }),
}).transform(({ warmup: warmupMs, ...rest }) => ({ ...rest, warmupMs }));

export type Scenario = Readonly<z.infer<typeof scenarioSchema>>;
export type Load = Readonly<z.infer<typeof loadSchema>>;
export type LinkOverride = Readonly<z.infer<typeof linkOverrideSchema>>;
export type BreakerContract = Readonly<z.infer<typeof breakerContractSchema>>;
export type RecoveryContract = NonNullable<Scenario['expect']['recovery']>;
