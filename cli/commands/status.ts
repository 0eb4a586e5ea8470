// `smartorders status`: every service, link and breaker, as they are now.
import { setTimeout as sleep } from 'node:timers/promises';
import type { BreakerView } from '../../services/contract/admin.ts';
import { links as fleetLinks, type LinkId, type ServiceName, serviceNames } from '../../services/fleet.ts';
import type { ServiceDetail } from '../dashboard/ports.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type Admin, connectAdmin } from '../fleet/admin.ts';
import { requireFleet } from '../fleet/fleet.ts';
import { inspectFleet } from '../fleet/inspect.ts';
import { connectLinks, toxiproxyUrl } from '../fleet/links.ts';
import type { FleetState } from '../fleet/state.ts';
import type { Paint } from '../report/paint.ts';
import { ruleFigure } from '../report/rule-figure.ts';
import { formatDuration } from '../scenario/duration.ts';
import type { Terminal } from '../terminal.ts';

export interface StatusOptions {
  readonly fleet: string;
  readonly json?: boolean;
}

interface ServiceStatus {
  readonly service: ServiceName;
  readonly port: number;
  readonly pid: number | null;
  readonly ready: boolean;
  /** Of one core, over a moment. */
  readonly cpuPercent: number | null;
  readonly memoryMb: number | null;
}

interface LinkStatus {
  readonly link: LinkId;
  readonly port: number;
  /** null: the proxy is not there. */
  readonly proxy: { readonly enabled: boolean; readonly toxics: readonly string[] } | null;
  /** null: the caller does not answer. */
  readonly breaker: BreakerView | null;
}

/** Exit code 5 when a service is not ready. */
export async function status({ fleet: name, json = false }: StatusOptions, terminal: Terminal): Promise<ExitCode> {
  const state = requireFleet(name, terminal.env);
  const admin = connectAdmin({ ports: state.ports.services, token: state.token });
  const services = await Promise.all(
    serviceNames.map(async (service): Promise<ServiceStatus> => {
      const [ready, detail] = await Promise.all([admin.isReady(service), detailOf(service, state)]);
      const { pid, cpuPercent, memoryMb } = detail;
      return { service, port: state.ports.services[service], pid, ready, cpuPercent, memoryMb };
    }),
  );
  const proxies = await connectLinks(toxiproxyUrl(state.ports))
    .list()
    .catch(() => []);
  const breakers = (await Promise.all(serviceNames.map((service) => breakersOf(service, admin)))).flat();
  const links = fleetLinks.map(({ id }): LinkStatus => {
    const proxy = proxies.find(({ link }) => link === id);
    return {
      link: id,
      port: state.ports.links[id],
      proxy: proxy === undefined ? null : { enabled: proxy.enabled, toxics: proxy.toxics },
      breaker: breakers.find(({ link }) => link === id) ?? null,
    };
  });
  if (json)
    terminal.out(JSON.stringify({ fleet: name, run: state.run, startedAt: state.startedAt, services, links }, null, 2));
  else show({ name, run: state.run, services, links }, terminal);
  return services.every(({ ready }) => ready) ? exitCodes.passed : exitCodes.environment;
}

const momentMs = 200;

/** The processor's share needs two looks. */
async function detailOf(service: ServiceName, state: FleetState): Promise<ServiceDetail> {
  const inspect = inspectFleet(() => state);
  await inspect(service);
  await sleep(momentMs);
  return inspect(service);
}

const breakersOf = (service: ServiceName, admin: Admin): Promise<readonly BreakerView[]> =>
  admin.breakers(service).then(
    ({ breakers }) => breakers,
    () => [],
  );

interface Shown {
  readonly name: string;
  readonly run: string | null;
  readonly services: readonly ServiceStatus[];
  readonly links: readonly LinkStatus[];
}

function show({ name, run, services, links }: Shown, { out, paint }: Terminal): void {
  out(`fleet ${paint.bold(name)}${run === null ? '' : `, taken by run ${run}`}`);
  out('');
  for (const { service, port, pid, ready, cpuPercent, memoryMb } of services) {
    const state = ready ? paint.ok('● ready    ') : paint.bad('✖ not ready');
    const process = `pid ${pid ?? '-'}`.padEnd(11);
    out(
      `  ${service.padEnd(10)} ${state}  port ${port}  ${process}  cpu ${figure(cpuPercent, '%')}  ${figure(memoryMb, 'MB')}`,
    );
  }
  out('');
  const width = Math.max(25, ...links.map(({ breaker }) => stateWord(breaker).length));
  for (const { link, port, proxy, breaker } of links) {
    const timeout = breaker === null ? '' : `timeout ${formatDuration(breaker.policy.timeoutMs)}`;
    const state = stateColour(breaker, paint)(stateWord(breaker).padEnd(width));
    out(`  ${link.padEnd(19)} ${proxyWord(proxy, paint)}  ${state} ${timeout.padEnd(14)}  port ${port}`);
  }
}

const figure = (value: number | null, unit: string): string => `${value === null ? '-' : value.toFixed(0)} ${unit}`;

function proxyWord(proxy: LinkStatus['proxy'], paint: Paint): string {
  if (proxy === null) return paint.bad('no proxy'.padEnd(10));
  if (!proxy.enabled) return paint.bad('✖ down'.padEnd(10));
  return proxy.toxics.length === 0 ? 'whole'.padEnd(10) : paint.warn(proxy.toxics.join(', ').padEnd(10));
}

function stateWord(breaker: BreakerView | null): string {
  if (breaker === null) return 'unknown';
  const { state, forced, policy, ageMs } = breaker;
  if (policy.breaker === null) return '○ no breaker';
  return `${glyphs[state]} ${state} ${(ageMs / 1_000).toFixed(0)} s${forced === undefined ? '' : ` (forced ${forced})`}, ${ruleFigure(policy.breaker, breaker)}`;
}

function stateColour(breaker: BreakerView | null, paint: Paint): (text: string) => string {
  if (breaker === null || breaker.policy.breaker === null) return paint.dim;
  return breaker.state === 'closed' ? paint.ok : breaker.state === 'open' ? paint.bad : paint.warn;
}

const glyphs: Readonly<Record<BreakerView['state'], string>> = { closed: '●', open: '✖', halfOpen: '◐', off: '○' };
