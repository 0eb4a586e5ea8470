// A socket fault as the toxic that Toxiproxy knows for it (TOXIPROXY.md 1.3: names, attributes, units).
import type { SocketFault } from '../scenario/fault.ts';
import type { Toxic } from './links.ts';

type ToxicFault = Exclude<SocketFault, { type: 'down' }>;

/** `name`: what the toxic is called on its proxy, to find it again. */
export function toxicOf(fault: ToxicFault, name: string): Toxic {
  const { stream, toxicity } = fault;
  return { name, stream, toxicity, ...typeAndAttributes(fault) };
}

function typeAndAttributes(fault: ToxicFault): Pick<Toxic, 'type' | 'attributes'> {
  switch (fault.type) {
    case 'latency':
      return { type: 'latency', attributes: { latency: fault.latencyMs, jitter: fault.jitterMs } };
    case 'bandwidth':
      return { type: 'bandwidth', attributes: { rate: fault.kilobytesPerSecond } };
    case 'slowClose':
      return { type: 'slow_close', attributes: { delay: fault.delayMs } };
    case 'timeout':
      return { type: 'timeout', attributes: { timeout: fault.timeoutMs } };
    case 'resetPeer':
      return { type: 'reset_peer', attributes: { timeout: fault.timeoutMs } };
    case 'slicer':
      return {
        type: 'slicer',
        // Toxiproxy takes the slicer's delay in microseconds.
        attributes: {
          average_size: fault.averageBytes,
          size_variation: fault.variationBytes,
          delay: fault.delayMs * 1_000,
        },
      };
    case 'limitData':
      return { type: 'limit_data', attributes: { bytes: fault.bytes } };
    default:
      return fault satisfies never;
  }
}
