// The processes of a `process` fleet: which there are, how each is started, and in what order they end.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { links as fleetLinks, linkIds, linksFrom, type Ports, type ServiceName } from '../../services/fleet.ts';
import { SmartOrdersError } from '../errors.ts';
import { type Child, startChild, tailOf } from './child.ts';
import type { Database } from './database.ts';
import { connectLinks, type LinkPlan, toxiproxyUrl } from './links.ts';

const host = '127.0.0.1';
const pollMs = 10;
const startPatienceMs = 60_000;

export interface LaunchContext {
  readonly ports: Ports;
  readonly token: string;
  readonly logs: string;
  /** The folder that holds `services/` and `toxiproxy/`, built. */
  readonly programs: string;
  readonly env: NodeJS.ProcessEnv;
}

const logOf = (logs: string, name: string): string => join(logs, `${name}.log`);

export function startToxiproxy({ ports, logs, programs, env }: LaunchContext): Child {
  return startChild({
    name: 'toxiproxy',
    command: process.execPath,
    args: [join(programs, 'toxiproxy', 'main.js'), '-host', host, '-port', String(ports.toxiproxy)],
    env: { ...plainEnv(env), SMARTORDERS_EXIT_WITH_STDIN: '1' },
    logFile: logOf(logs, 'toxiproxy'),
  });
}

export function startService(name: ServiceName, database: DatabaseUrls, context: LaunchContext): Child {
  const { ports, token, logs, programs, env } = context;
  const dependencies = linksFrom(name).flatMap(({ id, callee }) => {
    const port = ports.links[id];
    if (callee === 'db') return [['DATABASE_URL', database.urlFor(name, port)]];
    return [[`${callee.toUpperCase()}_URL`, `http://${host}:${port}`]];
  });
  return startChild({
    name,
    command: process.execPath,
    args: [join(programs, 'services', name, 'main.js')],
    env: {
      ...plainEnv(env),
      HOST: host,
      PORT: String(ports.services[name]),
      ADMIN_TOKEN: token,
      NODE_ENV: 'production',
      SMARTORDERS_EXIT_WITH_STDIN: '1',
      ...Object.fromEntries(dependencies),
    },
    logFile: logOf(logs, name),
  });
}

export type DatabaseUrls = Pick<Database, 'urlFor'>;

/** The fleet must not depend on what else stands in the shell that started it: a LOG_LEVEL, a PGSSLMODE, a PORT. */
function plainEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const names = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ', 'NODE_COMPILE_CACHE'];
  // With a server of somebody else's, libpq's variables are part of how to reach it.
  const isKept = (name: string): boolean =>
    names.includes(name) || /^OTEL_EXPORTER_OTLP_/.test(name) || (env.DATABASE_URL !== undefined && /^PG/.test(name));
  return Object.fromEntries(Object.entries(env).filter(([name]) => isKept(name)));
}

/** One proxy per link, in the order of fleet.ts. */
export function linkPlans(ports: Ports, databaseUpstream: string): readonly LinkPlan[] {
  return fleetLinks.map(({ id, callee }) => ({
    link: id,
    listen: `${host}:${ports.links[id]}`,
    upstream: callee === 'db' ? databaseUpstream : `${host}:${ports.services[callee]}`,
  }));
}

/** Creates the links as soon as the Toxiproxy API answers. */
export async function openLinks(toxiproxy: Child, ports: Ports, databaseUpstream: string): Promise<void> {
  const api = connectLinks(toxiproxyUrl(ports));
  await until(toxiproxy, () =>
    api.list().then(
      () => true,
      () => false,
    ),
  );
  await api.populate(linkPlans(ports, databaseUpstream));
  const made = await api.list();
  const missing = linkIds.filter((id) => !made.some(({ link, enabled }) => link === id && enabled));
  if (missing.length > 0) {
    throw new SmartOrdersError('links', `the proxies of ${missing.join(', ')} could not be made`, {
      hint: tailOf(toxiproxy.logFile).join(' / '),
    });
  }
}

/** Polls `isReady` until it holds; a process that dies meanwhile is reported with its last log lines. */
export async function until(child: Child, isReady: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + startPatienceMs;
  while (performance.now() < deadline) {
    if (child.exit() !== null) throw diedDuringStart(child);
    if (await isReady()) return;
    await sleep(pollMs);
  }
  const late = `${child.name} was not ready within ${startPatienceMs / 1_000} s`;
  throw new SmartOrdersError('not-ready-in-time', [late, ...indentedTail(child)].join('\n'), {
    hint: 'is the machine very busy?',
  });
}

const indentedTail = ({ logFile }: Child): readonly string[] => tailOf(logFile).map((line) => `    ${line}`);

export function diedDuringStart(child: Child): SmartOrdersError {
  const exit = child.exit();
  const how = exit?.signal ?? `exit code ${exit?.code ?? 'unknown'}`;
  return new SmartOrdersError(
    'died-during-start',
    [`${child.name} died while starting (${how})`, ...indentedTail(child)].join('\n'),
    {
      hint: `the lines above are the end of its log`,
    },
  );
}

const graceMs = 1_000;

/**
 * Ends all: the ones that watch their stdin by closing it, the database by SIGQUIT (immediate shutdown, it watches no
 * pipe), and whatever is left after a second (a busy loop does not see its stdin close) by SIGKILL.
 */
export async function endAll(children: ReadonlyMap<string, Child>): Promise<void> {
  for (const [name, child] of children) {
    if (name === 'db') child.kill('SIGQUIT');
    else child.closeStdin();
  }
  const timer = setTimeout(() => {
    for (const child of children.values()) if (child.exit() === null) child.kill('SIGKILL');
  }, graceMs);
  await Promise.all([...children.values()].map(({ exited }) => exited));
  clearTimeout(timer);
}
