// Builds the real parts of a service out of its configuration: clock, ids, event stream, links, database.
import { randomUUID } from 'node:crypto';
import { flushCompileCache } from 'node:module';
import { hasDatabase, type Link, type LinkId, type LinkTarget, linksFrom } from '../fleet.ts';
import type { Config } from './config.ts';
import { createDatabase, type Database } from './database.ts';
import type { Door } from './door.ts';
import { createEventStream } from './events.ts';
import { createFailpoints } from './failpoints.ts';
import { createHttpClient, loadHttpClient } from './http-client.ts';
import { createHttpLink, type HttpLink } from './link.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { monotonicMs } from './monotonic.ts';
import { migrationsFolder } from './package-root.ts';
import { createStallWatch, processCpuMs } from './stalls.ts';
import { createTracing } from './tracing.ts';

export interface Runtime {
  readonly door: Door;
  /** The link from this service to another one. */
  readonly linkTo: (callee: LinkTarget) => HttpLink;
  /** The service's own database; throws for a service that has none. */
  readonly database: () => Database;
  /** Ready when the database is there and all that requests need is loaded: a slow first answer would look like a fault. */
  readonly start: (signal: AbortSignal, warmUp?: () => Promise<unknown>) => Promise<void>;
  readonly close: () => Promise<void>;
}

export function createRuntime({ service, adminToken, urls, logLevel, isTraced }: Config): Runtime {
  const bootId = randomUUID().slice(0, 8);
  const log = createLog({ service, level: logLevel });
  const metrics = createMetrics({
    breakers: () => links.map((link) => link.view()),
    pool: () => opened?.pool() ?? null,
  });
  const events = createEventStream({ src: `${service}/${bootId}`, now: monotonicMs, onEvent: metrics.observe });
  const failpoints = createFailpoints({ emit: events.emit });
  const nextAttempt = counter(bootId);
  const tracing = createTracing(service, isTraced);
  const common = { emit: events.emit, now: monotonicMs, nextAttempt, tracing };
  const urlOf = (id: LinkId): string => urls.get(id) ?? '';

  const database = (): Database => {
    if (opened === undefined) throw new Error(`${service} has no database`);
    return opened;
  };
  const openDatabase = ({ id, policy }: Link): Database =>
    createDatabase({
      ...common,
      id,
      policy,
      url: urlOf(id),
      migrations: migrationsFolder(service),
      onPoolError: ({ message }) => log.warn('an idle database connection broke', { error: message }),
    });

  const own = linksFrom(service);
  const opened = hasDatabase(service)
    ? own
        .filter(({ callee }) => callee === 'db')
        .map(openDatabase)
        .at(0)
    : undefined;
  let isStarted = false;
  const httpLinks = new Map<LinkTarget, HttpLink>();
  for (const { id, callee, policy } of own.filter((link) => link.callee !== 'db')) {
    httpLinks.set(callee, createHttpLink({ ...common, id, policy, client: createHttpClient(urlOf(id)) }));
  }

  const links = [...httpLinks.values(), ...(opened === undefined ? [] : [opened])];

  return {
    door: {
      service,
      adminToken,
      events,
      stalls: createStallWatch({ emit: events.emit, now: monotonicMs, cpuMs: processCpuMs }),
      failpoints,
      log,
      metrics,
      tracing,
      links,
      newRequestId: counter(`${bootId}-r`),
      isReady: async () => isStarted && (opened === undefined || opened.isReady()),
    },
    linkTo: (callee) => {
      const link = httpLinks.get(callee);
      if (link === undefined) throw new Error(`fleet.ts has no link ${service}->${callee}`);
      return link;
    },
    database,
    start: async (signal, warmUp) => {
      const modules = [import('../contract/admin.ts'), warmUp?.(), httpLinks.size > 0 ? loadHttpClient() : undefined];
      await Promise.all([opened?.start(signal), tracing.start(), ...modules]);
      // Else Node writes it when the process leaves, which then takes seconds instead of milliseconds.
      flushCompileCache();
      isStarted = true;
    },
    close: async () => {
      failpoints.clear();
      await Promise.all([...httpLinks.values()].map((link) => link.close()));
      await opened?.close();
      await tracing.close();
    },
  };
}

function counter(prefix: string): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `${prefix}-${count}`;
  };
}
