// The loads of a scenario, as written and as normalised. When their arrivals are due is computed in arrivals.ts.
import { z } from 'zod';
import { duration, expected, identifier, positiveDuration, rate, strict, wholeNumber } from './fields.ts';
import { unknownWord } from './nearest.ts';

const common = {
  journey: identifier.describe('What each simulated customer does: place-order, or a journey of your own.'),
  during: z
    .array(identifier, 'expected a list of phases')
    .min(1, 'names no phase; leave it out for the whole run')
    .optional()
    .describe('Only in these phases, which must follow each other. Absent: the whole run, warm-up included.'),
};

const open = {
  maxInFlight: wholeNumber(1).describe(
    'An arrival that finds this many requests in flight is dropped, and counted as dropped.',
  ),
  arrivals: z
    .enum(['uniform', 'poisson'], 'expected uniform or poisson')
    .default('uniform')
    .describe('uniform: evenly spaced. poisson: random gaps with the same average, drawn from the seed.'),
  ...common,
};

const stageSchema = strict({
  rate: rate.describe('The rate at the end of the stage; it changes in a straight line.'),
  for: positiveDuration.describe('How long the stage takes.'),
}).transform(({ rate: perSecond, for: forMs }) => ({ perSecond, forMs }));

const executorSchemas = [
  strict({
    executor: z
      .literal('constant-arrival-rate')
      .describe('Open model: arrival i is due at its planned time, whatever became of those before it.'),
    rate: rate.describe('Arrivals per second, such as 40/s.'),
    ...open,
  }).transform(({ rate: perSecond, ...rest }) => ({ ...rest, perSecond })),
  strict({
    executor: z.literal('ramping-arrival-rate').describe('Open model whose rate changes, stage by stage.'),
    startRate: rate.describe('Arrivals per second before the first stage (and during the warm-up).'),
    stages: z
      .array(stageSchema, expected('a list of stages such as [{ rate: 80/s, for: 5s }]'))
      .min(1, 'needs at least one stage')
      .describe('One after the other, from the first judged phase on; the last rate stays.'),
    ...open,
  }).transform(({ startRate: startPerSecond, ...rest }) => ({ ...rest, startPerSecond })),
  strict({
    executor: z
      .literal('constant-vus')
      .describe('Closed model: so many customers, each of whom waits for an answer before the next journey.'),
    vus: wholeNumber(1).describe('How many customers (virtual users).'),
    pause: duration.default(0).describe('How long each thinks between two journeys.'),
    ...common,
  }).transform(({ pause: pauseMs, ...rest }) => ({ ...rest, pauseMs })),
] as const;

export const executors = ['constant-arrival-rate', 'ramping-arrival-rate', 'constant-vus'] as const;

const typed = z.object({ executor: z.string() });

export const loadSchema = z.discriminatedUnion('executor', [...executorSchemas], {
  error: ({ input }) => {
    const { success, data } = typed.safeParse(input);
    return success
      ? unknownWord('executor', data.executor, executors)
      : `a load is a map with an executor; executors: ${executors.join(', ')}`;
  },
});

export type Load = Readonly<z.infer<typeof loadSchema>>;
/** Its arrivals are planned before the run. */
export type OpenLoad = Extract<Load, { maxInFlight: unknown }>;

export const isOpen = (load: Load): load is OpenLoad => load.executor !== 'constant-vus';

/** Requests that may be in flight at once. */
export const mostInFlight = (load: Load): number => (isOpen(load) ? load.maxInFlight : load.vus);
