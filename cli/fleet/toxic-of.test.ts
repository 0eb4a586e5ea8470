import { expect, it } from 'vitest';
import { faultSchema, isSocketFault, type SocketFault } from '../scenario/fault.ts';
import { toxicOf } from './toxic-of.ts';

function aFault(yaml: Record<string, unknown>): Exclude<SocketFault, { type: 'down' }> {
  const fault = faultSchema.parse({ link: 'order->payment', ...yaml });
  if (!isSocketFault(fault) || fault.type === 'down') throw new Error('not a toxic');
  return fault;
}

it.each([
  [{ type: 'latency', latency: '3s', jitter: '50ms' }, 'latency', { latency: 3_000, jitter: 50 }],
  [{ type: 'bandwidth', rate: '10KB/s' }, 'bandwidth', { rate: 10 }],
  [{ type: 'slowClose', delay: '2s' }, 'slow_close', { delay: 2_000 }],
  [{ type: 'timeout' }, 'timeout', { timeout: 0 }],
  [{ type: 'resetPeer', timeout: '5ms' }, 'reset_peer', { timeout: 5 }],
  [
    { type: 'slicer', averageSize: 20, sizeVariation: 5, delay: '2ms' },
    'slicer',
    { average_size: 20, size_variation: 5, delay: 2_000 },
  ],
  [{ type: 'limitData', bytes: 100 }, 'limit_data', { bytes: 100 }],
])('%j becomes the toxic %s with %j', (yaml, type, attributes) => {
  expect(toxicOf(aFault(yaml), 'outage.1')).toEqual({
    name: 'outage.1',
    type,
    attributes,
    stream: 'downstream',
    toxicity: 1,
  });
});
