// The one detached process per fleet: parent of the services (or, with containers, the one that asks the engine for them),
// holder of the undo list, first to know when a process dies.
// It outlives the runner, so that even kill -9 of the runner leaves nothing broken.
//
//   starting ──ready──▶ up ──down, owner gone, signal──▶ ending ──▶ gone
//      └──────a process died, ports taken──────────────────▲
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Ports } from '../../services/fleet.ts';
import { messageOf, SmartOrdersError, systemCodeOf } from '../errors.ts';
import { type Admin, connectAdmin } from './admin.ts';
import type { ControlPush, ControlRequest } from './control-protocol.ts';
import { type ControlClient, type ControlHandlers, type ControlServer, serveControl } from './control-server.ts';
import { createCustody } from './custody.ts';
import { type Database, embeddedDatabase, externalDatabase } from './database.ts';
import type { DriverEvents, FleetDriver } from './driver.ts';
import type { KeeperConfig } from './keeper-config.ts';
import { keeperProcesses } from './keeper-processes.ts';
import { connectLinks, toxiproxyUrl } from './links.ts';
import { refTo } from './pid.ts';
import { freeBlock } from './ports.ts';
import { claimState, type FleetState, removeState, writeState } from './state.ts';

export interface Keeper {
  readonly controlPort: number;
  readonly token: string;
  /** Resolves when everything of the fleet is gone. */
  readonly finished: Promise<void>;
  finish(): Promise<void>;
}

const ownerPatienceMs = 15_000;
const healPatienceMs = 500;

export async function startKeeper(config: KeeperConfig, env: NodeJS.ProcessEnv): Promise<Keeper> {
  const token = randomBytes(24).toString('hex');
  const startedAt = new Date().toISOString();
  let owner: number | null = null;
  let phase: FleetState['phase'] = 'starting';
  let ending: Promise<void> | null = null;
  /** How the start went so far, for those who ask later than it began. */
  const said: ControlPush[] = [];
  const waiting = new Set<number>();

  const { control, ports } = await listen(config.ports, { token, handle, gone });
  const admin = connectAdmin({ ports: ports.services, token });
  const driver = await driverOf(
    config,
    { ports, token, admin, env },
    {
      onSpawned: saveState,
      onProgress: (text) => tell({ push: 'progress', text }),
      onReady: (process) => tell({ push: 'started', process }),
      onExit: ({ part, code, signal, tail }) => {
        if (ending !== null) return;
        control.broadcast({ push: 'exited', process: part, code, signal, tail: [...tail] });
      },
    },
  );
  const custody = createCustody({
    links: connectLinks(toxiproxyUrl(ports)),
    admin,
    plans: driver.plans,
    push: control.push,
    onLease: () => {
      if (ending === null) saveState();
    },
    onUndoFailed: (key, error) => {
      console.error(`undo of ${key} failed: ${messageOf(error)}`);
      control.broadcast({ push: 'undo-failed', key, message: messageOf(error) });
    },
  });

  const { promise: finished, resolve: resolveFinished } = Promise.withResolvers<void>();
  const ownerTimer = config.ephemeral ? setTimeout(() => owner === null && void finish(), ownerPatienceMs) : undefined;

  mkdirSync(config.logs, { recursive: true, mode: 0o700 });
  if (!claimState(config.stateFile, stateNow())) {
    await control.close();
    throw nameTaken(config.name);
  }
  const ready = driver.start().then(() => {
    phase = 'up';
    saveState();
  });
  // Whoever asks gets the error first. A fleet that did not come up goes, also when nobody is left to ask.
  ready.catch((error: unknown) => {
    console.error(messageOf(error));
    setImmediate(() => void finish());
  });
  return { controlPort: control.port, token, finished, finish };

  // --- internal ---

  async function handle(request: ControlRequest, client: ControlClient): Promise<unknown> {
    switch (request.op) {
      case 'hello':
        if (request.owner) owner = client.id;
        return;
      case 'ready':
        waiting.add(client.id);
        for (const push of said) control.push(client.id, push);
        return ready;
      case 'down':
        return finish();
      case 'fault.add':
      case 'breaker.force':
      case 'reset':
        await ready;
        return custody.handle(request, client);
      default:
        return custody.handle(request, client);
    }
  }

  function gone(client: ControlClient): void {
    waiting.delete(client.id);
    if (client.id === owner) void finish();
    else custody.gone(client).catch((error: unknown) => console.error(messageOf(error)));
  }

  function tell(push: ControlPush): void {
    said.push(push);
    for (const client of waiting) control.push(client, push);
  }

  function saveState(): void {
    writeState(config.stateFile, stateNow());
  }

  function stateNow(): FleetState {
    return {
      v: 1,
      name: config.name,
      driver: config.driver,
      ephemeral: config.ephemeral,
      phase,
      keeper: refTo(process.pid),
      controlPort: control.port,
      token,
      ports,
      processes: driver.refs(),
      folders: [config.folder, config.dataFolder],
      logs: config.logs,
      startedAt,
      run: custody.run(),
    };
  }

  function finish(): Promise<void> {
    ending ??= endEverything();
    return ending;
  }

  async function endEverything(): Promise<void> {
    clearTimeout(ownerTimer);
    await Promise.race([custody.undoEverything(), new Promise((resolve) => setTimeout(resolve, healPatienceMs))]);
    await driver.end();
    // What was still being started has been adopted, or given up, once this settles.
    await ready.catch(() => {});
    await driver.end();
    await driver.dispose().catch((error: unknown) => console.error(messageOf(error)));
    for (const folder of [config.folder, config.dataFolder]) remove(folder);
    removeState(config.stateFile);
    // In a later turn: whoever asked for the end gets its answer first.
    setImmediate(() => void control.close().then(resolveFinished));
  }
}

/** An ephemeral fleet (no ports given) takes a block whose first port is its control port: who binds it owns the block. */
async function listen(
  ports: Ports | null,
  handlers: ControlHandlers & { readonly token: string },
): Promise<{ readonly control: ControlServer; readonly ports: Ports }> {
  if (ports !== null) return { control: await serveControl({ port: 0, ...handlers }), ports };
  for (;;) {
    const block = await freeBlock(Math.random);
    try {
      return { control: await serveControl({ port: block.controlPort, ...handlers }), ports: block.ports };
    } catch (error) {
      if (systemCodeOf(error) !== 'EADDRINUSE') throw error;
    }
  }
}

interface DriverParts {
  readonly ports: Ports;
  readonly token: string;
  readonly admin: Admin;
  readonly env: NodeJS.ProcessEnv;
}

async function driverOf(
  config: KeeperConfig,
  { ports, token, admin: { isReady }, env }: DriverParts,
  events: DriverEvents,
): Promise<FleetDriver> {
  const { logs, programs, compileCache } = config;
  if (config.driver === 'docker') {
    // Half a second to load, with all that it brings along.
    const { dockerDriver } = await import('./docker/docker-driver.ts');
    return dockerDriver({ fleet: config.name, folder: dirname(programs), ports, token, logs, env, isReady, ...events });
  }
  const context = { ports, token, logs, programs, env: { ...env, NODE_COMPILE_CACHE: compileCache } };
  return keeperProcesses({ context, database: databaseOf(config, ports), isReady, ...events });
}

function databaseOf({ databaseUrl, databaseRoot, dataFolder, logs }: KeeperConfig, ports: Ports): Database {
  if (databaseUrl !== null) return externalDatabase(databaseUrl, basename(dataFolder, '-database'));
  return embeddedDatabase({ root: databaseRoot, dataFolder, port: ports.database, logFile: join(logs, 'db.log') });
}

/** What is still being written to is tried again; what cannot be removed must not keep the rest. */
function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  } catch (error) {
    console.error(messageOf(error));
  }
}

const nameTaken = (name: string): SmartOrdersError =>
  new SmartOrdersError('name-taken', `a fleet named ${name} is being started by another command`, {
    hint: 'wait for it, or name this one: --fleet other --base-port 6000',
  });
