// The containers of a fleet as plain data, derived from services/fleet.ts: docker-compose.yml is written from it, and the
// Docker driver makes the same containers by the engine's API. Inside, ports are always the default ones.
import {
  defaultBasePort,
  hasDatabase,
  type LinkTarget,
  linkIds,
  links,
  linksFrom,
  type Ports,
  portsFrom,
  type ServiceName,
  serviceNames,
} from '../../../services/fleet.ts';
import { proxyNameOf } from '../links.ts';
import type { ImageName } from './images.ts';

export interface PublishedPort {
  /** On 127.0.0.1 of the host. */
  readonly host: number;
  readonly container: number;
}

export interface HealthCheck {
  readonly command: readonly string[];
  readonly intervalSeconds: number;
}

export interface ContainerPlan {
  readonly name: string;
  readonly image: ImageName;
  readonly user: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly ports: readonly PublishedPort[];
  readonly health: HealthCheck;
  /** Started once these are healthy. */
  readonly after: readonly string[];
  readonly memoryMb: number;
  /** Folders that may be written to, in memory. */
  readonly tmpfs: readonly string[];
  /** Files of the project, read-only: relative path → path in the container. */
  readonly files: Readonly<Record<string, string>>;
  /** Named volume → path in the container. */
  readonly volumes: Readonly<Record<string, string>>;
}

const inside = portsFrom(defaultBasePort);
const anywhere = '0.0.0.0';
const postgresPort = 5432;
const nobody = '65534:65534';

export const databaseName = (service: ServiceName): string => `smartorders_${service}`;

export interface Told {
  /** Guards the admin routes. */
  readonly token: string;
  /** Where traces go, as a container reaches it; '': nowhere. */
  readonly collector: string;
}

export function containerPlans(ports: Ports, told: Told): readonly ContainerPlan[] {
  return [database(ports), toxiproxy(ports), ...serviceNames.map((name) => service(name, ports, told))];
}

export interface ProxyPlan {
  readonly name: string;
  readonly listen: string;
  readonly upstream: string;
  readonly enabled: true;
}

/** toxiproxy/toxiproxy.json: what the Toxiproxy container loads at its start. */
export const proxyPlans = (): readonly ProxyPlan[] =>
  links.map(({ id, callee }) => ({
    name: proxyNameOf(id),
    listen: `${anywhere}:${inside.links[id]}`,
    upstream: callee === 'db' ? `db:${postgresPort}` : `${callee}:${inside.services[callee]}`,
    enabled: true,
  }));

/** What a new database container runs: the databases of the services. */
export const databaseScript = (): string =>
  serviceNames
    .filter(hasDatabase)
    .map((name) => `CREATE DATABASE ${databaseName(name)};\n`)
    .join('');

// --- internal ---

const database = (ports: Ports): ContainerPlan => ({
  name: 'db',
  image: 'postgres',
  user: '999:999',
  // As the embedded server has it: what is measured is the services, and a fleet's data dies with it.
  command: ['postgres', '-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'],
  env: { POSTGRES_HOST_AUTH_METHOD: 'trust', PGDATA: '/var/lib/postgresql/data' },
  ports: [{ host: ports.database, container: postgresPort }],
  // By TCP: while it is being set up, the image's server listens on its Unix socket only.
  health: { command: ['pg_isready', '-q', '-h', '127.0.0.1', '-U', 'postgres'], intervalSeconds: 1 },
  after: [],
  memoryMb: 512,
  tmpfs: ['/tmp', '/run', '/var/run/postgresql'],
  files: { 'services/databases.sql': '/docker-entrypoint-initdb.d/databases.sql' },
  volumes: { database: '/var/lib/postgresql' },
});

const toxiproxy = (ports: Ports): ContainerPlan => ({
  name: 'toxiproxy',
  image: 'toxiproxy',
  user: nobody,
  command: ['-host=0.0.0.0', '-config=/etc/toxiproxy.json'],
  env: {},
  ports: [
    { host: ports.toxiproxy, container: inside.toxiproxy },
    ...linkIds.map((id) => ({ host: ports.links[id], container: inside.links[id] })),
  ],
  health: { command: ['/toxiproxy-cli', 'list'], intervalSeconds: 1 },
  after: [],
  memoryMb: 128,
  tmpfs: [],
  files: { 'toxiproxy/toxiproxy.json': '/etc/toxiproxy.json' },
  volumes: {},
});

const service = (name: ServiceName, ports: Ports, { token, collector }: Told): ContainerPlan => ({
  name,
  image: 'smartorders',
  user: '1000:1000',
  command: ['node', `services/${name}/main.js`],
  env: {
    HOST: anywhere,
    PORT: String(inside.services[name]),
    ADMIN_TOKEN: token,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector,
    ...Object.fromEntries(linksFrom(name).map(({ id, callee }) => urlOf(name, callee, inside.links[id]))),
  },
  ports: [{ host: ports.services[name], container: inside.services[name] }],
  // A whole Node each time: not too often.
  health: { command: ['node', 'services/health.js'], intervalSeconds: 5 },
  after: hasDatabase(name) ? ['db', 'toxiproxy'] : ['toxiproxy'],
  memoryMb: 384,
  tmpfs: ['/tmp'],
  files: {},
  volumes: {},
});

const urlOf = (caller: ServiceName, callee: LinkTarget, port: number): readonly [string, string] =>
  callee === 'db'
    ? ['DATABASE_URL', `postgres://postgres@toxiproxy:${port}/${databaseName(caller)}`]
    : [`${callee.toUpperCase()}_URL`, `http://toxiproxy:${port}`];
