// What a service is told by its environment, checked once, all problems at once.
// By hand and not with zod: five services that load zod before they listen start 300 ms later on two cores (measured).
import { type LinkTarget, linksFrom, type ServiceName } from '../fleet.ts';
import { type LogLevel, logLevels } from './log.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Config {
  readonly service: ServiceName;
  /** HOST, default 127.0.0.1. */
  readonly host: string;
  /** PORT. */
  readonly port: number;
  /** ADMIN_TOKEN: the bearer token of the /admin routes. */
  readonly adminToken: string;
  /** `<CALLEE>_URL` of each link, DATABASE_URL for the one to the database, by link id. */
  readonly urls: ReadonlyMap<string, string>;
  /** SMARTORDERS_EXIT_WITH_STDIN=1: leave as soon as stdin closes, so that no service outlives its keeper. */
  readonly exitsWithStdin: boolean;
  /** LOG_LEVEL: info (default), warn, error or silent. */
  readonly logLevel: LogLevel;
  /** OTEL_EXPORTER_OTLP_ENDPOINT, or that of traces alone, is set: a URL that takes OTLP over HTTP. */
  readonly isTraced: boolean;
}

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] };

export const urlVariable = (callee: LinkTarget): string =>
  callee === 'db' ? 'DATABASE_URL' : `${callee.toUpperCase()}_URL`;

export function readConfig(service: ServiceName, environment: Environment): ConfigResult {
  const problems: string[] = [];
  const port = readPort(environment.PORT, problems);
  const adminToken = environment.ADMIN_TOKEN ?? '';
  if (adminToken === '') problems.push('ADMIN_TOKEN is missing: set any secret word, it guards the /admin routes');
  const urls = new Map<string, string>();
  for (const { id, callee } of linksFrom(service)) {
    const protocols = callee === 'db' ? ['postgres:', 'postgresql:'] : ['http:'];
    urls.set(id, readUrl(urlVariable(callee), environment, { protocols, purpose: id, problems }));
  }
  const logLevel = readLogLevel(environment.LOG_LEVEL, problems);
  const isTraced = tracingVariables.some((name) => isCollector(name, environment, problems));
  if (problems.length > 0) return { ok: false, problems };
  const exitsWithStdin = environment.SMARTORDERS_EXIT_WITH_STDIN === '1';
  const host = environment.HOST ?? '127.0.0.1';
  return { ok: true, config: { service, host, port, adminToken, urls, exitsWithStdin, logLevel, isTraced } };
}

function readPort(text: string | undefined, problems: string[]): number {
  const port = Number(text);
  if (text === undefined || text === '' || !Number.isInteger(port) || port < 0 || port > 65_535) {
    problems.push(`PORT must be a number from 0 to 65535, got ${quoted(text)}`);
  }
  return port;
}

interface UrlRule {
  readonly protocols: readonly string[];
  readonly purpose: string;
  readonly problems: string[];
}

function readUrl(name: string, environment: Environment, { protocols, purpose, problems }: UrlRule): string {
  const text = environment[name] ?? '';
  const url = URL.parse(text);
  if (url === null || !protocols.includes(url.protocol)) {
    problems.push(
      `${name} must be a ${protocols.join(' or ')} URL (link ${purpose}), got ${quoted(environment[name])}`,
    );
  }
  return text;
}

function readLogLevel(text: string | undefined, problems: string[]): LogLevel {
  if (text === undefined || text === '') return 'info';
  const level = logLevels.find((known) => known === text);
  if (level === undefined) problems.push(`LOG_LEVEL must be one of ${logLevels.join(', ')}, got ${quoted(text)}`);
  return level ?? 'info';
}

const tracingVariables = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];

function isCollector(name: string, environment: Environment, problems: string[]): boolean {
  const text = environment[name] ?? '';
  if (text === '') return false;
  const { protocol = '' } = URL.parse(text) ?? {};
  if (!['http:', 'https:'].includes(protocol))
    problems.push(`${name} must be a http: or https: URL, got ${quoted(text)}`);
  return true;
}

const quoted = (text: string | undefined): string => (text === undefined ? 'nothing' : JSON.stringify(text));
