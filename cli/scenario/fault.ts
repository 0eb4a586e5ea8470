// The faults that a scenario can plan, as written and as normalised (ms, KB/s, defaults filled in).
import { z } from 'zod';
import { links, type ServiceName } from '../../services/fleet.ts';
import { duration, expected, linkName, positiveDuration, strict, throughput } from './fields.ts';
import { unknownWord } from './nearest.ts';

const bytes = z.int(expected('a whole number of bytes')).min(1, 'must be at least 1 byte');
const share = z
  .number('expected a number from 0 to 1')
  .gt(0, 'must be above 0: it would do nothing')
  .max(1, 'is at most 1');

/** Which half of a connection a toxic sits in, and for which share of the connections (drawn per connection). */
const toxic = {
  link: linkName,
  stream: z.enum(['upstream', 'downstream'], 'expected upstream or downstream').default('downstream'),
  toxicity: share.default(1),
};

const socketFaults = [
  strict({ type: z.literal('latency'), ...toxic, latency: positiveDuration, jitter: duration.default(0) }).transform(
    ({ latency: latencyMs, jitter: jitterMs, ...rest }) => ({ ...rest, latencyMs, jitterMs }),
  ),
  strict({ type: z.literal('bandwidth'), ...toxic, rate: throughput }).transform(
    ({ rate: kilobytesPerSecond, ...rest }) => ({ ...rest, kilobytesPerSecond }),
  ),
  strict({ type: z.literal('slowClose'), ...toxic, delay: positiveDuration }).transform(
    ({ delay: delayMs, ...rest }) => ({ ...rest, delayMs }),
  ),
  /** Nothing gets through; the connection closes after `after`, or stays open while the fault lasts (0, the default). */
  strict({ type: z.literal('timeout'), ...toxic, after: duration.default(0) }).transform(
    ({ after: afterMs, ...rest }) => ({ ...rest, afterMs }),
  ),
  /** RST after `after`, by default at once. */
  strict({ type: z.literal('resetPeer'), ...toxic, after: duration.default(0) }).transform(
    ({ after: afterMs, ...rest }) => ({ ...rest, afterMs }),
  ),
  strict({
    type: z.literal('slicer'),
    ...toxic,
    averageSize: bytes,
    sizeVariation: z.int('expected a whole number of bytes').min(0).default(0),
    delay: duration.default(0),
  }).transform(({ averageSize: averageBytes, sizeVariation: variationBytes, delay: delayMs, ...rest }) => ({
    ...rest,
    averageBytes,
    variationBytes,
    delayMs,
  })),
  strict({ type: z.literal('limitData'), ...toxic, bytes }),
  /** The proxy is disabled: connections are refused. Not a toxic, so neither stream nor toxicity. */
  strict({ type: z.literal('down'), link: linkName }),
] as const;

/** Services that a link leads to; a fault in any other would meet no watched call. */
export const faultableServices: readonly ServiceName[] = [
  ...new Set(links.flatMap(({ callee }) => (callee === 'db' ? [] : [callee]))),
];

const service = z.string(expected('a service such as payment')).transform((text, context): ServiceName => {
  const known = faultableServices.find((name) => name === text);
  if (known !== undefined) return known;
  const message =
    text === 'gateway'
      ? 'no link leads to gateway: no watched call would meet the fault'
      : unknownWord('service', text, faultableServices);
  context.issues.push({ code: 'custom', message, input: text });
  return z.NEVER;
});

const failpoint = {
  /** `METHOD /route/:with/:params` as the service registers it; absent: every business route. */
  route: z
    .string('expected a route such as POST /charge')
    .regex(/^(GET|POST|PUT|PATCH|DELETE) \/\S*$/, 'expected METHOD /path, such as POST /charges')
    .optional(),
  /** Share of requests, decided per request from the seed. */
  probability: share.default(1),
};

const httpFaults = [
  strict({
    type: z.literal('httpError'),
    service,
    status: z
      .int(expected('a status such as 503'))
      .min(400, 'an error status is 400 to 599')
      .max(599, 'an error status is 400 to 599'),
    ...failpoint,
  }),
  strict({ type: z.literal('httpDelay'), service, delay: positiveDuration, ...failpoint }).transform(
    ({ delay: delayMs, ...rest }) => ({ ...rest, delayMs }),
  ),
  strict({
    type: z.literal('decline'),
    service: z.literal('payment', 'only payment can decline: a decline is the bank saying no'),
    ...failpoint,
  }),
] as const;

export const faultTypes = [
  'latency',
  'bandwidth',
  'slowClose',
  'timeout',
  'resetPeer',
  'slicer',
  'limitData',
  'down',
  'httpError',
  'httpDelay',
  'decline',
] as const;

const typed = z.object({ type: z.string() });

export const faultSchema = z.discriminatedUnion('type', [...socketFaults, ...httpFaults], {
  error: ({ input }) => {
    const { success, data } = typed.safeParse(input);
    return success
      ? unknownWord('fault type', data.type, faultTypes)
      : `a fault is a map with a type; types: ${faultTypes.join(', ')}`;
  },
});

export type Fault = Readonly<z.infer<typeof faultSchema>>;
export type SocketFault = Extract<Fault, { link: unknown }>;
export type HttpFault = Extract<Fault, { service: unknown }>;

export const isSocketFault = (fault: Fault): fault is SocketFault => 'link' in fault;
