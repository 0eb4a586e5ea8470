// The door of a service under test: real events and failpoints, no links, no log, always ready.
import type { ServiceName } from '../fleet.ts';
import type { Door } from '../shared/door.ts';
import { createEventStream } from '../shared/events.ts';
import { createFailpoints } from '../shared/failpoints.ts';
import { createMetrics } from '../shared/metrics.ts';
import { monotonicMs } from '../shared/monotonic.ts';
import { noTracing } from '../shared/tracing.ts';

export const adminToken = 'test-token';
export const asAdmin = { authorization: `Bearer ${adminToken}` } as const;

export function aDoor(service: ServiceName, overrides: Partial<Door> = {}): Door {
  const metrics = createMetrics({
    breakers: () => (overrides.links ?? []).map((link) => link.view()),
    pool: () => null,
  });
  const events = createEventStream({ src: `${service}/test`, now: monotonicMs, onEvent: metrics.observe });
  let requests = 0;
  return {
    service,
    adminToken,
    events,
    stalls: { start: () => {}, stop: () => {} },
    failpoints: createFailpoints({ emit: events.emit }),
    metrics,
    tracing: noTracing,
    links: [],
    log: { info: () => {}, warn: () => {}, error: () => {} },
    newRequestId: () => {
      requests += 1;
      return `request-${requests}`;
    },
    isReady: async () => true,
    ...overrides,
  };
}
