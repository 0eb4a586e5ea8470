// A fleet as commands see it: find a running one, bring one up, take it down.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Ports, portsFrom } from '../../services/fleet.ts';
import { SmartOrdersError } from '../errors.ts';
import { tailOf } from './child.ts';
import { connectKeeper, type KeeperClient } from './control-client.ts';
import type { KeeperConfig } from './keeper-config.ts';
import { databaseRoot, fleetPaths, packageFolder, stateFolder } from './paths.ts';
import { isAlive } from './pid.ts';
import { allPorts, assertFree } from './ports.ts';
import { type DriverName, type FleetState, readState } from './state.ts';
import { sweepDeadFleets } from './sweep.ts';

/** A fleet and the connection to its keeper. Disposing lets go of it: an ephemeral one then ends. */
export interface Fleet extends AsyncDisposable {
  readonly state: FleetState;
  readonly keeper: KeeperClient;
}

export interface BringUpOptions {
  readonly name: string;
  readonly env: NodeJS.ProcessEnv;
  /** null: an ephemeral fleet on free ports, which ends with the caller. */
  readonly basePort: number | null;
  /** Default `process`. */
  readonly driver?: DriverName | undefined;
  readonly onStarted: (process: string) => void;
  readonly onProgress?: (text: string) => void;
  /** Aborted: whatever was started is ended, and the signal's reason is thrown. */
  readonly signal: AbortSignal;
}

/** The state of a fleet whose keeper lives, else null. */
export function findFleet(name: string, env: NodeJS.ProcessEnv): FleetState | null {
  const state = readState(fleetPaths(name, env).stateFile);
  return state !== null && isAlive(state.keeper) ? state : null;
}

export function requireFleet(name: string, env: NodeJS.ProcessEnv): FleetState {
  const state = findFleet(name, env);
  if (state !== null) return state;
  throw new SmartOrdersError('no-fleet', `no fleet named ${name} is up`, { hint: 'start it: smartorders up' });
}

/** A connection to the keeper and nothing more: disposing it ends no fleet. */
export const keeperOf = ({ controlPort, token }: FleetState): Promise<KeeperClient> =>
  connectKeeper({ port: controlPort, token });

export async function connectFleet(state: FleetState): Promise<Fleet> {
  return asFleet(state, await keeperOf(state));
}

/** Errors: `port-taken`, `died-during-start`; whatever was started is gone again before they are thrown. */
export async function bringUp(options: BringUpOptions): Promise<Fleet> {
  const { name, env, basePort, driver = 'process', onStarted, onProgress = () => {}, signal } = options;
  await sweepDeadFleets(env);
  const ports = basePort === null ? null : portsFrom(basePort);
  if (ports !== null) await assertFree(allPorts(ports));
  const keeper = await launch({ ...configOf(name, ports, env), driver }, env);
  keeper.onPush((push) => {
    if (push.push === 'started') onStarted(push.process);
    if (push.push === 'progress') onProgress(push.text);
  });
  try {
    await Promise.race([keeper.call({ op: 'ready' }), rejection(signal)]);
  } catch (error) {
    await keeper.call({ op: 'down' }).catch(() => {});
    throw error;
  }
  return asFleet(requireFleet(name, env), keeper);
}

/** Ends a fleet and waits until nothing of it is left. */
export async function takeDown(state: FleetState): Promise<void> {
  const keeper = await keeperOf(state);
  await keeper.call({ op: 'down' });
  await goneAfter(keeper, state);
}

/** A keeper's last turns run after it has said goodbye. */
async function goneAfter(keeper: KeeperClient, state: FleetState): Promise<void> {
  await keeper.closed;
  while (isAlive(state.keeper)) await sleep(5);
}

/** A keeper that is gone has taken all that could be broken along. */
function ignoreGone(error: unknown): void {
  if (!(error instanceof SmartOrdersError) || error.code !== 'keeper-gone') throw error;
}

const rejection = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

const asFleet = (state: FleetState, keeper: KeeperClient): Fleet => ({
  state,
  keeper,
  [Symbol.asyncDispose]: async () => {
    if (state.ephemeral) {
      await keeper.call({ op: 'down' }).catch(() => {});
      await goneAfter(keeper, state);
    } else {
      await using connection = keeper;
      await connection.call({ op: 'release' }).catch(ignoreGone);
    }
  },
});

function configOf(name: string, ports: Ports | null, env: NodeJS.ProcessEnv): Omit<KeeperConfig, 'driver'> {
  const { folder, stateFile, logs, database } = fleetPaths(name, env);
  return {
    name,
    ephemeral: ports === null,
    ports,
    stateFile,
    folder,
    logs,
    dataFolder: database,
    databaseRoot: databaseRoot(env),
    databaseUrl: env.DATABASE_URL ?? null,
    programs: join(packageFolder(), 'dist'),
    compileCache: join(stateFolder(env), 'compile-cache'),
  };
}

const helloSchema = z.union([
  z.object({ controlPort: z.int(), token: z.string() }),
  z.object({ error: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }) }),
]);

/** Starts the keeper in a session of its own and waits for its first line. */
async function launch(config: KeeperConfig, env: NodeJS.ProcessEnv): Promise<KeeperClient> {
  mkdirSync(config.logs, { recursive: true, mode: 0o700 });
  const logFile = join(config.logs, 'keeper.log');
  const log = openSync(logFile, 'a', 0o600);
  const program = fileURLToPath(import.meta.resolve('./keeper-main.js'));
  const child = spawn(process.execPath, [program], {
    detached: true,
    stdio: ['pipe', 'pipe', log],
    env: { ...env, NODE_COMPILE_CACHE: config.compileCache },
  });
  closeSync(log);
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('the keeper was spawned without pipes');
  stdin.end(JSON.stringify(config));
  const line = await new Promise<string | null>((resolve) => {
    createInterface({ input: stdout })
      .once('line', resolve)
      .once('close', () => resolve(null));
  });
  stdout.destroy();
  child.unref();
  if (line === null) {
    throw new SmartOrdersError('keeper', ['the keeper did not start', ...tailOf(logFile)].join('\n    '));
  }
  const hello = helloSchema.parse(JSON.parse(line));
  if ('error' in hello) throw new SmartOrdersError(hello.error.code, hello.error.message, hello.error);
  return connectKeeper({ port: hello.controlPort, token: hello.token, owner: config.ephemeral });
}
