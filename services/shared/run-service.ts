// The life of a service process: configuration, listening, database, signals, exit codes.
// Listening comes before the database is there, so that five services and their database start side by side.
import type { FastifyInstance } from 'fastify';
import type { ServiceName } from '../fleet.ts';
import { codeOf } from './call-failure.ts';
import { type Config, readConfig } from './config.ts';
import { SchemaTooNewError } from './migrate.ts';
import { createRuntime, type Runtime } from './runtime.ts';

/** As the CLI's: the environment is not fit (a variable, a taken port, a database of another version). */
const exitEnvironment = 5;
const exitBug = 70;

export interface ServiceParts {
  readonly service: ServiceName;
  readonly build: (runtime: Runtime) => FastifyInstance;
  /** Loads what the first request would otherwise wait for; before that the service is not ready. */
  readonly warmUp?: () => Promise<unknown>;
}

export async function runService({ service, build, warmUp }: ServiceParts): Promise<void> {
  const config = configFor(service);
  if (config.exitsWithStdin) exitWithStdin();
  const runtime = createRuntime(config);
  const app = build(runtime);
  const stopping = closeOnSignals(app, runtime);
  await listen(app, config);
  const { log } = runtime.door;
  log.info('listening', { host: config.host, port: config.port, pid: process.pid });
  try {
    await runtime.start(stopping, warmUp);
    log.info('ready');
  } catch (error) {
    if (stopping.aborted) return;
    fail(service, error);
  }
}

// --- internal ---

function configFor(service: ServiceName): Config {
  const result = readConfig(service, process.env);
  if (result.ok) return result.config;
  process.stderr.write(result.problems.map((problem) => `smartorders ${service}: ${problem}\n`).join(''));
  process.exit(exitEnvironment);
}

function exitWithStdin(): void {
  const leave = (): never => process.exit(0);
  process.stdin.on('end', leave).on('close', leave).on('error', leave).resume();
}

function closeOnSignals(app: FastifyInstance, runtime: Runtime): AbortSignal {
  const stopping = new AbortController();
  const close = async (): Promise<void> => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    await app.close();
    await runtime.close();
    process.exit(0);
  };
  process.on('SIGTERM', close).on('SIGINT', close);
  return stopping.signal;
}

async function listen(app: FastifyInstance, { service, host, port }: Config): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    if (!(error instanceof Error) || codeOf(error) !== 'EADDRINUSE') throw error;
    const hint = 'stop what uses it or set another PORT';
    process.stderr.write(`smartorders ${service}: port ${port} on ${host} is taken: ${hint}\n`);
    process.exit(exitEnvironment);
  }
}

function fail(service: ServiceName, error: unknown): never {
  if (error instanceof SchemaTooNewError) {
    process.stderr.write(`smartorders ${service}: ${error.message}: ${error.hint}\n`);
    process.exit(exitEnvironment);
  }
  process.stderr.write(`smartorders ${service}: ${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(exitBug);
}
