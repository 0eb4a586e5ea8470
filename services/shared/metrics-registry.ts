// The metrics of a service in Prometheus' terms: names, units, labels. Nothing is counted here: each scrape copies what
// the tallies hold, and looks at breakers, pool and process.
import { Counter, Gauge, Registry } from 'prom-client';
import { breakerStates } from '../contract/events.ts';
import type { MetricsSources, Scrape } from './metrics.ts';
import { registerProcessMetrics } from './process-metrics.ts';
import { type HistogramOptions, named, TalliedHistogram } from './tallied-histogram.ts';
import type { Tallies } from './tallies.ts';

export interface ScraperOptions extends MetricsSources {
  readonly tallies: Tallies;
}

export function createScraper({ tallies, breakers, pool }: ScraperOptions): () => Promise<Scrape> {
  const registry = new Registry();
  const distribution = (options: HistogramOptions): void => registry.registerMetric(new TalliedHistogram(options));
  distribution({
    name: 'http_server_request_duration_seconds',
    help: 'How long requests to the business routes took, up to the end of the answer.',
    labelNames: ['http_request_method', 'http_route', 'http_response_status_code'],
    tally: tallies.requests,
  });
  distribution({
    name: 'smartorders_link_call_duration_seconds',
    help: 'How long calls took that the breaker of the link let pass.',
    labelNames: ['link', 'outcome'],
    tally: tallies.callDurations,
  });
  registerCounters(registry, tallies);
  registerBreakers(registry, breakers);
  if (pool() !== null) registerPool(registry, pool);
  registerProcessMetrics(registry);
  return async () => ({ contentType: registry.contentType, text: await registry.metrics() });
}

// --- internal ---

function registerCounters(registry: Registry, tallies: Tallies): void {
  const counter = ({ name, help, labelNames, tally }: HistogramOptions): void => {
    const registered = new Counter({
      ...{ name, help, labelNames, registers: [registry] },
      collect: () => {
        registered.reset();
        for (const { labels, count } of tally.series()) registered.inc(named(labelNames, labels), count);
      },
    });
  };
  counter({
    name: 'smartorders_link_calls_total',
    help: 'Calls over a link as its breaker counts them, refused ones included.',
    labelNames: ['link', 'operation', 'outcome', 'failure'],
    tally: tallies.calls,
  });
  counter({
    name: 'smartorders_link_arrivals_total',
    help: 'Calls over a link that reached this service.',
    labelNames: ['link', 'operation'],
    tally: tallies.arrivals,
  });
  counter({
    name: 'smartorders_breaker_transitions_total',
    help: 'Changes of state of the breaker of a link.',
    labelNames: ['link', 'from', 'to'],
    tally: tallies.transitions,
  });
  counter({
    name: 'smartorders_failpoint_hits_total',
    help: 'Requests that a fault inside this service has hit.',
    labelNames: ['operation'],
    tally: tallies.failpointHits,
  });
}

function registerBreakers(registry: Registry, breakers: MetricsSources['breakers']): void {
  const gauge = new Gauge({
    name: 'smartorders_breaker_state',
    help: '1 for the state that the breaker of a link is in, 0 for the others.',
    labelNames: ['link', 'state'],
    registers: [registry],
    collect: () => {
      gauge.reset();
      for (const { link, state } of breakers()) {
        if (state === 'off') continue;
        for (const each of breakerStates) gauge.set({ link, state: each }, each === state ? 1 : 0);
      }
    },
  });
}

function registerPool(registry: Registry, pool: MetricsSources['pool']): void {
  const registers = [registry];
  const connections = new Gauge({
    name: 'db_client_connections',
    help: 'Connections to the database, by what they do.',
    labelNames: ['state'],
    registers,
    collect: () => {
      connections.set({ state: 'idle' }, pool()?.idle ?? 0);
      connections.set({ state: 'used' }, pool()?.used ?? 0);
    },
  });
  const most = new Gauge({
    name: 'db_client_connections_max',
    help: 'How many connections to the database there may be.',
    registers,
    collect: () => {
      most.set(pool()?.max ?? 0);
    },
  });
  const pending = new Gauge({
    name: 'db_client_connections_pending_requests',
    help: 'Statements that wait for a connection to the database.',
    registers,
    collect: () => {
      pending.set(pool()?.pending ?? 0);
    },
  });
}
