// Faults ready to be set by hand on a link, or in the service at its end: as entries of a scenario's `faults`.
import type { LinkView } from './view.ts';

export interface ReadyFault {
  readonly label: string;
  readonly fault: Readonly<Record<string, unknown>>;
}

/** By hand a fault ends by itself after this long. */
export const ttlMs = 60_000;

export function readyFaults({
  id: link,
  callee,
  policy,
}: Pick<LinkView, 'id' | 'callee' | 'policy'>): readonly ReadyFault[] {
  // What is just over the timeout is the cheapest way to make every call fail by time.
  const tooLate = `${(policy.timeoutMs / 1_000) * 1.5}s`;
  const onLink = [
    {
      label: `latency ${tooLate}: every answer is later than the timeout`,
      fault: { type: 'latency', link, latency: tooLate },
    },
    {
      label: 'latency 200ms: slow, and no call fails of it',
      fault: { type: 'latency', link, latency: '200ms', jitter: '50ms' },
    },
    { label: 'down: connections are cut, new ones refused', fault: { type: 'down', link } },
    { label: 'resetPeer: connections are reset', fault: { type: 'resetPeer', link } },
    { label: 'timeout: nothing gets through', fault: { type: 'timeout', link } },
    { label: 'bandwidth 1KB/s: the link is narrow', fault: { type: 'bandwidth', link, rate: '1KB/s' } },
  ];
  if (callee === 'db') return onLink;
  const service = callee;
  return [
    ...onLink,
    { label: `httpError 503: ${service} answers with an error`, fault: { type: 'httpError', service, status: 503 } },
    { label: `httpDelay 500ms: ${service} waits first`, fault: { type: 'httpDelay', service, delay: '500ms' } },
    ...(service === 'payment' ? [{ label: 'decline: the bank says no', fault: { type: 'decline', service } }] : []),
  ];
}
