// What every service hands to its server besides its own routes.
import type { FastifyInstance } from 'fastify';
import type { ServiceName } from '../fleet.ts';
import type { EventStream } from './events.ts';
import type { Failpoints } from './failpoints.ts';
import type { Adjustable } from './link.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { StallWatch } from './stalls.ts';
import type { Tracing } from './tracing.ts';

export type Routes = (scope: FastifyInstance) => void;

export interface Door {
  readonly service: ServiceName;
  readonly adminToken: string;
  readonly events: EventStream;
  /** On while somebody reads the events. */
  readonly stalls: StallWatch;
  readonly failpoints: Failpoints;
  readonly links: readonly Adjustable[];
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'served' | 'scrape'>;
  readonly tracing: Pick<Tracing, 'isOn' | 'request'>;
  readonly newRequestId: () => string;
  /** Migrations are applied and the database answers. */
  readonly isReady: () => Promise<boolean>;
}
