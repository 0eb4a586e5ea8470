// The faults that a scenario can plan, as written and as normalised (ms, KB/s, defaults filled in).
import { z } from 'zod';
import { type ServiceName, serviceNames } from '../../services/fleet.ts';
import { duration, expected, extent, linkName, positiveDuration, strict, throughput, wholeNumber } from './fields.ts';
import { unknownWord } from './nearest.ts';

const bytes = z.int(expected('a whole number of bytes')).min(1, 'must be at least 1 byte');
const share = z
  .number('expected a number from 0 to 1')
  .gt(0, 'must be above 0: it would do nothing')
  .max(1, 'is at most 1');

const window = {
  after: extent.default({ ms: 0 }).describe('How far into the phase it begins: a time, or a share of the phase (25%).'),
  for: extent
    .refine((part) => Object.values(part).every((amount) => amount > 0), 'must be longer than zero')
    .optional()
    .describe('How long it lasts: a time, or a share of the phase. Absent: to the end of the phase.'),
};

const link = linkName.describe('The link it sits on, such as order->payment.');

/** Which half of a connection a toxic sits in, and for which share of the connections (drawn per connection). */
const toxic = {
  link,
  stream: z
    .enum(['upstream', 'downstream'], 'expected upstream or downstream')
    .default('downstream')
    .describe('Which half: upstream holds requests, downstream holds answers.'),
  toxicity: share
    .default(1)
    .describe('Share of the connections that it hits, 0 to 1, drawn once per connection, not per request.'),
  ...window,
};

const typeOf = <T extends string>(type: T, what: string) => z.literal(type).describe(what);

const socketFaults = [
  strict({
    type: typeOf('latency', 'Everything is late.'),
    latency: positiveDuration.describe('How late.'),
    jitter: duration.default(0).describe('Plus or minus up to this much.'),
    ...toxic,
  }).transform(({ latency: latencyMs, jitter: jitterMs, ...rest }) => ({ ...rest, latencyMs, jitterMs })),
  strict({
    type: typeOf('bandwidth', 'The link is narrow.'),
    rate: throughput.describe('At most this much goes through, such as 10KB/s (1 KB is 1000 bytes).'),
    ...toxic,
  }).transform(({ rate: kilobytesPerSecond, ...rest }) => ({ ...rest, kilobytesPerSecond })),
  strict({
    type: typeOf('slowClose', 'A connection that is closed stays open for a while.'),
    delay: positiveDuration.describe('How long closing takes.'),
    ...toxic,
  }).transform(({ delay: delayMs, ...rest }) => ({ ...rest, delayMs })),
  strict({
    type: typeOf('timeout', 'Nothing gets through.'),
    timeout: duration
      .default(0)
      .describe('The connection is closed after this long; 0s (the default) holds it open as long as the fault lasts.'),
    ...toxic,
  }).transform(({ timeout: timeoutMs, ...rest }) => ({ ...rest, timeoutMs })),
  strict({
    type: typeOf('resetPeer', 'Connections are reset (RST).'),
    timeout: duration.default(0).describe('After this long; 0s (the default) at once.'),
    ...toxic,
  }).transform(({ timeout: timeoutMs, ...rest }) => ({ ...rest, timeoutMs })),
  strict({
    type: typeOf('slicer', 'Data arrives in small slices.'),
    averageSize: bytes.describe('Bytes of a slice, on average.'),
    sizeVariation: wholeNumber(0).default(0).describe('Plus or minus up to so many bytes; less than averageSize.'),
    delay: duration.default(0).describe('Between two slices.'),
    ...toxic,
  })
    .refine(({ averageSize, sizeVariation }) => sizeVariation < averageSize, {
      path: ['sizeVariation'],
      error: 'must be less than averageSize; a slice has at least one byte',
    })
    .transform(({ averageSize: averageBytes, sizeVariation: variationBytes, delay: delayMs, ...rest }) => ({
      ...rest,
      averageBytes,
      variationBytes,
      delayMs,
    })),
  strict({
    type: typeOf('limitData', 'A connection closes once so much has gone through.'),
    bytes: bytes.describe('How many bytes.'),
    ...toxic,
  }),
  strict({
    type: typeOf('down', 'The proxy of the link is disabled: connections are cut, and new ones refused.'),
    link,
    ...window,
  }),
] as const;

const serviceWord = z.string(expected('a service such as payment')).meta({ enum: serviceNames });
const service = serviceWord.transform((text, context): ServiceName => {
  const known = serviceNames.find((name) => name === text);
  if (known !== undefined) return known;
  context.issues.push({ code: 'custom', message: unknownWord('service', text, serviceNames), input: text });
  return z.NEVER;
});

const failpoint = {
  service: service.describe('The service that misbehaves.'),
  route: z
    .string('expected a route such as POST /charges')
    .regex(/^(GET|POST|PUT|PATCH|DELETE) \/\S*$/, 'expected METHOD /path, such as POST /charges')
    .optional()
    .describe('METHOD /path/:with/:params as the service registers it. Absent: every business route.'),
  probability: share.default(1).describe('Share of the requests, 0 to 1, decided per request from the seed.'),
  skipFirst: wholeNumber(0)
    .default(0)
    .describe('So many of the requests that it would hit pass unharmed before it begins.'),
  failCount: wholeNumber(1).optional().describe('It hits so many requests and then no more. Absent: no limit.'),
  ...window,
};

const httpFaults = [
  strict({
    type: typeOf('httpError', 'The service answers with an error instead of doing its work.'),
    status: z
      .int(expected('a status such as 503'))
      .min(400, 'an error status is 400 to 599')
      .max(599, 'an error status is 400 to 599')
      .describe('The status it answers with, 400 to 599.'),
    ...failpoint,
  }),
  strict({
    type: typeOf('httpDelay', 'The service waits before it does its work.'),
    delay: positiveDuration.describe('How long.'),
    ...failpoint,
  }).transform(({ delay: delayMs, ...rest }) => ({ ...rest, delayMs })),
  strict({
    type: typeOf('decline', 'The bank says no: payment answers 402, which is an answer and not a failure.'),
    ...failpoint,
    service: z
      .literal('payment', 'only payment can decline: a decline is the bank saying no')
      .describe('Only payment can decline.'),
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
