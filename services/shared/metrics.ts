// GET /metrics, behind the counting: prom-client takes longer to load than half a service, so it comes with the first
// scrape, and a fleet that nobody scrapes never pays for it.
import type { BreakerView } from '../contract/admin.ts';
import type { ServiceEvent, Unstamped } from '../contract/events.ts';
import type { PoolView } from './database.ts';
import { lazy } from './lazy.ts';
import { countEvent, countServed, createTallies, type Served } from './tallies.ts';

export interface Scrape {
  readonly contentType: string;
  readonly text: string;
}

export interface Metrics {
  readonly observe: (event: Unstamped<ServiceEvent>) => void;
  readonly served: (request: Served) => void;
  readonly scrape: () => Promise<Scrape>;
}

export interface MetricsSources {
  readonly breakers: () => readonly BreakerView[];
  /** null: this service has no database. */
  readonly pool: () => PoolView | null;
}

export function createMetrics(sources: MetricsSources): Metrics {
  const tallies = createTallies();
  const scraper = lazy(async () => {
    const { createScraper } = await import('./metrics-registry.ts');
    return createScraper({ ...sources, tallies });
  });
  return {
    observe: (event) => countEvent(tallies, event),
    served: (request) => countServed(tallies, request),
    scrape: async () => (await scraper())(),
  };
}
