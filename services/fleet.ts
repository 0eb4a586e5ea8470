// The one list of services, links, ports and default policies. Pure data: no I/O, no node:* imports,
// so that the CLI, the services and the Docker files can all be derived from it.
import type { Policy } from './contract/policy.ts';

export const serviceNames = ['gateway', 'user', 'order', 'inventory', 'payment'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** What a link can lead to: a service, or the database server. */
export type LinkTarget = ServiceName | 'db';
export type LinkId = `${ServiceName}->${LinkTarget}`;

export interface Link {
  readonly id: LinkId;
  readonly caller: ServiceName;
  readonly callee: LinkTarget;
  readonly policy: Policy;
}

export const defaultBasePort = 5000;

const consecutive = { rule: 'consecutive', failureThreshold: 3, openForMs: 10_000 } as const;

const link = (caller: ServiceName, callee: LinkTarget, policy: Policy): Link => ({
  id: `${caller}->${callee}`,
  caller,
  callee,
  policy,
});

/** In the order of their proxy ports. A link to a database has a timeout and no breaker. */
export const links: readonly Link[] = [
  link('gateway', 'user', { timeoutMs: 3_000, breaker: consecutive }),
  link('gateway', 'order', { timeoutMs: 8_000, breaker: consecutive }),
  link('gateway', 'inventory', { timeoutMs: 3_000, breaker: consecutive }),
  link('order', 'user', { timeoutMs: 1_000, breaker: consecutive }),
  link('order', 'inventory', { timeoutMs: 1_000, breaker: consecutive }),
  link('order', 'payment', { timeoutMs: 1_000, breaker: consecutive }),
  link('user', 'db', { timeoutMs: 2_000, breaker: null }),
  link('order', 'db', { timeoutMs: 2_000, breaker: null }),
  link('inventory', 'db', { timeoutMs: 2_000, breaker: null }),
  link('payment', 'db', { timeoutMs: 2_000, breaker: null }),
];

export const linkIds: readonly LinkId[] = links.map(({ id }) => id);

export const linksFrom = (caller: ServiceName): readonly Link[] =>
  links.filter((candidate) => candidate.caller === caller);

export const hasDatabase = (service: ServiceName): boolean =>
  links.some(({ caller, callee }) => caller === service && callee === 'db');

export interface Ports {
  readonly services: Readonly<Record<ServiceName, number>>;
  readonly database: number;
  readonly links: Readonly<Record<LinkId, number>>;
  readonly toxiproxy: number;
}

const databaseOffset = serviceNames.length;
const firstLinkOffset = 10;
const toxiproxyPort = 8474;

/** base+0…4 the services, base+5 the database, base+10… the links, the Toxiproxy API 8474+(base−5000). */
export function portsFrom(base: number): Ports {
  return assignPorts({
    service: (index) => base + index,
    database: base + databaseOffset,
    link: (index) => base + firstLinkOffset + index,
    toxiproxy: toxiproxyPort + base - defaultBasePort,
  });
}

/** How many ports a fleet takes. */
export const portCount = serviceNames.length + 1 + links.length + 1;

/** Ports out of a list of free ones, in the same order as `portsFrom`. */
export function portsOf(free: readonly number[]): Ports {
  const at = (index: number): number => {
    const port = free[index];
    if (port === undefined) throw new RangeError(`a fleet needs ${portCount} ports, got ${free.length}`);
    return port;
  };
  return assignPorts({
    service: at,
    database: at(serviceNames.length),
    link: (index) => at(serviceNames.length + 1 + index),
    toxiproxy: at(serviceNames.length + 1 + links.length),
  });
}

interface PortPlan {
  readonly service: (index: number) => number;
  readonly database: number;
  readonly link: (index: number) => number;
  readonly toxiproxy: number;
}

function assignPorts({ service, database, link: portOfLink, toxiproxy }: PortPlan): Ports {
  return {
    services: record(serviceNames, service),
    database,
    links: record(linkIds, portOfLink),
    toxiproxy,
  };
}

/** The one cast: `fromEntries` cannot tell the type checker that every key is there. */
function record<K extends string>(keys: readonly K[], valueAt: (index: number) => number): Record<K, number> {
  return Object.fromEntries(keys.map((key, index) => [key, valueAt(index)])) as Record<K, number>;
}
