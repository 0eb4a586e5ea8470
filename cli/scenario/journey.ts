// What one simulated customer does, as data: requests to the gateway, one after the other, with values fed in and captured.
import { z } from 'zod';
import { duration, expected, identifier, strict, wholeNumber } from './fields.ts';

const valueName = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9_]*$/, 'the name of a value is letters, digits and _, such as order_id');

const fed = z.union([z.string(), z.number(), z.boolean()], 'expected a text, a number, true or false');

const feederSchema = strict({
  from: z
    .union([z.enum(['users', 'items']), z.array(fed).min(1, 'an empty list feeds nothing')], {
      error: 'expected users, items, or a list of values',
    })
    .describe('users or items (the ids of those that the run has made), or a list of values.'),
  order: z
    .enum(['random', 'sequential'], 'expected random or sequential')
    .default('random')
    .describe('random: drawn from the seed, per arrival. sequential: one after the other, over again.'),
});

const status = z
  .int('expected a status such as 200')
  .min(100, 'a status is 100 to 599')
  .max(599, 'a status is 100 to 599');

const stepSchema = strict({
  name: identifier.describe('What the step is called in thresholds: steps.<journey>.<name>.duration.'),
  request: z
    .string(expected('a request such as GET /api/items/{item}'))
    .regex(/^(GET|POST) \/\S*$/, 'expected GET or POST and a path, such as GET /api/items/{item}')
    .describe('METHOD /path at the gateway. {name} stands for a value that is fed or was captured.'),
  body: z
    .record(z.string(), fed, 'expected a map of values')
    .optional()
    .describe('Sent as JSON. A text that is one {name} alone keeps the type of its value.'),
  expect: z
    .array(status, 'expected a list of statuses such as [200, 404]')
    .min(1, 'an empty list expects nothing')
    .optional()
    .describe('Statuses that are a success here. Absent: 200 to 299, and an order is placed by 201 alone.'),
  capture: z
    .record(valueName, z.string('expected the key of a value in the answer, such as order_id'))
    .default({})
    .describe(
      'Values to keep from the JSON answer, for later steps: name: key.of.it. One that is missing ends the journey.',
    ),
  pause: duration.default(0).describe('Wait so long before the step.'),
  decides: z
    .literal(true, 'expected true')
    .optional()
    .describe('Its answer is the outcome of the arrival. Absent on all steps: the last one decides.'),
}).transform(({ request, pause: pauseMs, ...rest }) => {
  const [method, path] = request.startsWith('GET ')
    ? (['GET', request.slice(4)] as const)
    : (['POST', request.slice(5)] as const);
  return { ...rest, method, path, pauseMs };
});

export const journeySchema = strict({
  feeders: z
    .record(valueName, feederSchema, 'expected a map of feeders')
    .default({})
    .describe('Where the values come from that steps use, by name.'),
  steps: z
    .array(stepSchema, expected('a list of steps'))
    .min(1, 'needs at least one step')
    .describe('Requests, one after the other. One that is no success ends the journey.'),
});

export const dataSchema = strict({
  users: wholeNumber(1).default(50).describe('How many users are made for the run.'),
  items: wholeNumber(1).default(5).describe('How many items.'),
  stock: wholeNumber(0).default(1_000_000).describe('How many there are of each item.'),
});

export type Journey = Readonly<z.infer<typeof journeySchema>>;
export type JourneyStep = Journey['steps'][number];
export type Feeder = Journey['feeders'][string];
export type Data = Readonly<z.infer<typeof dataSchema>>;

/** The one journey that every scenario knows. */
export const placeOrder: Journey = {
  feeders: { user: { from: 'users', order: 'random' }, item: { from: 'items', order: 'random' } },
  steps: [
    {
      name: 'order',
      method: 'POST',
      path: '/api/orders',
      body: { user_id: '{user}', item_id: '{item}' },
      capture: {},
      pauseMs: 0,
    },
  ],
};

export const builtInJourneys: Readonly<Record<string, Journey>> = { 'place-order': placeOrder };

/** The step whose answer is the outcome of the arrival. */
export function decidingStep({ steps }: Journey): number {
  const marked = steps.findIndex(({ decides }) => decides === true);
  return marked < 0 ? steps.length - 1 : marked;
}

/** Whether its arrivals are orders: those that `orders.*` speaks of. */
export function placesOrders(journey: Journey): boolean {
  const step = journey.steps[decidingStep(journey)];
  return step?.method === 'POST' && step.path === '/api/orders';
}
