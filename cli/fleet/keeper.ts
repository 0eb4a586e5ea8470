// The one detached process per fleet: parent of the services, holder of the undo list, first to know when a process dies.
// It outlives the runner, so that even kill -9 of the runner leaves nothing broken.
//
//   starting ──ready──▶ up ──down, owner gone, signal──▶ ending ──▶ gone
//      └──────a process died, ports taken──────────────────▲
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { type Ports, serviceNames } from '../../services/fleet.ts';
import { messageOf, SmartOrdersError, systemCodeOf } from '../errors.ts';
import { type Admin, connectAdmin } from './admin.ts';
import { type Child, tailOf } from './child.ts';
import type { ControlRequest } from './control-protocol.ts';
import { type ControlClient, type ControlServer, serveControl } from './control-server.ts';
import { type Database, embeddedDatabase, externalDatabase } from './database.ts';
import { connectLinks } from './links.ts';
import { refTo } from './pid.ts';
import { freeBlock } from './ports.ts';
import {
  diedDuringStart,
  endAll,
  type LaunchContext,
  openLinks,
  startService,
  startToxiproxy,
  until,
} from './processes.ts';
import { claimState, type FleetState, portsSchema, removeState, writeState } from './state.ts';
import { carryOut, type Undoable } from './undo.ts';
import { createUndoList } from './undo-list.ts';

export const keeperConfigSchema = z.object({
  name: z.string(),
  /** Ends with its owner's connection, and chooses free ports itself. */
  ephemeral: z.boolean(),
  ports: portsSchema.nullable(),
  stateFile: z.string(),
  folder: z.string(),
  logs: z.string(),
  dataFolder: z.string(),
  databaseRoot: z.string(),
  databaseUrl: z.string().nullable(),
  programs: z.string(),
  /** Node's cache of compiled modules, for the fleet's processes. */
  compileCache: z.string(),
});
export type KeeperConfig = Readonly<z.infer<typeof keeperConfigSchema>>;

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
  const children = new Map<string, Child>();
  const startedAt = new Date().toISOString();
  let owner: number | null = null;
  let lease: { readonly run: string; readonly client: number } | null = null;
  let phase: FleetState['phase'] = 'starting';
  let ending: Promise<void> | null = null;

  const { control, ports } = await listen();
  const admin: Admin = connectAdmin({ ports: ports.services, token });
  const database: Database =
    config.databaseUrl === null
      ? embeddedDatabase({
          root: config.databaseRoot,
          dataFolder: config.dataFolder,
          port: ports.database,
          logFile: join(config.logs, 'db.log'),
        })
      : externalDatabase(config.databaseUrl, basename(config.dataFolder, '-database'));
  const links = connectLinks(`http://127.0.0.1:${ports.toxiproxy}`);
  const undoable: Undoable = {
    removeToxic: links.removeToxic,
    enableLink: (link) => links.setEnabled(link, true),
    removeFailpoint: (service, id) => admin.removeFailpoint(service, id),
    setPolicies: (service, policies) => admin.setPolicies(service, policies),
  };
  const undoList = createUndoList({
    carryOut: (undo) => carryOut(undo, undoable),
    onFailure: (key, error) => {
      console.error(`undo of ${key} failed: ${messageOf(error)}`);
      control.broadcast({ push: 'undo-failed', key, message: messageOf(error) });
    },
  });

  let resolveFinished: () => void = () => {};
  const finished = new Promise<void>((resolve) => {
    resolveFinished = resolve;
  });
  const ownerTimer = config.ephemeral ? setTimeout(() => owner === null && void finish(), ownerPatienceMs) : undefined;

  mkdirSync(config.logs, { recursive: true, mode: 0o700 });
  if (!claimState(config.stateFile, stateNow())) {
    await control.close();
    throw nameTaken(config.name);
  }
  const ready = bringUp();
  // Whoever asks gets the error first. A fleet that did not come up goes, also when nobody is left to ask.
  ready.catch((error: unknown) => {
    console.error(messageOf(error));
    setImmediate(() => void finish());
  });
  return { controlPort: control.port, token, finished, finish };

  // --- internal ---

  /** An ephemeral fleet's control port is the first of its block: who binds it owns the block. */
  async function listen(): Promise<{ control: ControlServer; ports: Ports }> {
    const handlers = { token, handle, gone };
    if (config.ports !== null) return { control: await serveControl({ port: 0, ...handlers }), ports: config.ports };
    for (;;) {
      const block = await freeBlock(Math.random);
      try {
        return { control: await serveControl({ port: block.controlPort, ...handlers }), ports: block.ports };
      } catch (error) {
        if (systemCodeOf(error) !== 'EADDRINUSE') throw error;
      }
    }
  }

  async function bringUp(): Promise<void> {
    const context: LaunchContext = {
      ports,
      token,
      logs: config.logs,
      programs: config.programs,
      env: { ...env, NODE_COMPILE_CACHE: config.compileCache },
    };
    // First, since it waits for the disk, while all others want the processor.
    const starting = database.start();
    const toxiproxy = adopt(startToxiproxy(context));
    const services = serviceNames.map((name) => ({ name, child: adopt(startService(name, database, context)) }));
    const server = await starting;
    if (server !== null) adopt(server);
    saveState();
    await Promise.all([
      openLinks(toxiproxy, ports, database.upstream).then(() => announce('toxiproxy')),
      ...services.map(({ name, child }) => until(child, () => admin.isReady(name)).then(() => announce(name))),
    ]);
    for (const child of children.values()) if (child.exit() !== null) throw diedDuringStart(child);
    phase = 'up';
    saveState();
  }

  function adopt(child: Child): Child {
    children.set(child.name, child);
    void child.exited.then(({ code, signal }) => {
      if (ending !== null) return;
      control.broadcast({ push: 'exited', process: child.name, code, signal, tail: [...tailOf(child.logFile)] });
    });
    return child;
  }

  function announce(name: string): void {
    control.broadcast({ push: 'started', process: name });
  }

  async function handle(request: ControlRequest, client: ControlClient): Promise<void> {
    switch (request.op) {
      case 'hello':
        if (request.owner) owner = client.id;
        return;
      case 'ready':
        return ready;
      case 'lease':
        if (lease !== null) throw leased(lease.run);
        lease = { run: request.run, client: client.id };
        saveState();
        return;
      case 'undo.add':
        return undoList.add({ key: request.key, owner: client.id, undo: request.undo, ttlMs: request.ttlMs });
      case 'undo.run':
        return undoList.run(request.key);
      case 'release':
        return release(client);
      case 'down':
        return finish();
      default:
        return request satisfies never;
    }
  }

  function gone(client: ControlClient): void {
    if (client.id === owner) void finish();
    else release(client).catch((error: unknown) => console.error(messageOf(error)));
  }

  async function release(client: ControlClient): Promise<void> {
    const broken = await undoList.runAll(client.id);
    if (lease?.client === client.id) {
      lease = null;
      if (ending === null) saveState();
    }
    if (broken.length > 0) throw notHealed(broken);
  }

  function saveState(): void {
    writeState(config.stateFile, stateNow());
  }

  function stateNow(): FleetState {
    return {
      v: 1,
      name: config.name,
      driver: 'process',
      ephemeral: config.ephemeral,
      phase,
      keeper: refTo(process.pid),
      controlPort: control.port,
      token,
      ports,
      processes: Object.fromEntries([...children.values()].map(({ name, ref }) => [name, ref])),
      folders: [config.folder, config.dataFolder],
      logs: config.logs,
      startedAt,
      run: lease?.run ?? null,
    };
  }

  function finish(): Promise<void> {
    ending ??= endEverything();
    return ending;
  }

  async function endEverything(): Promise<void> {
    clearTimeout(ownerTimer);
    await Promise.race([undoList.runAll(), new Promise((resolve) => setTimeout(resolve, healPatienceMs))]);
    await endAll(children);
    // What was still being started has been adopted, or given up, once this settles.
    await ready.catch(() => {});
    await endAll(children);
    await database.dispose().catch((error: unknown) => console.error(messageOf(error)));
    for (const folder of [config.folder, config.dataFolder]) remove(folder);
    removeState(config.stateFile);
    // In a later turn: whoever asked for the end gets its answer first.
    setImmediate(() => void control.close().then(resolveFinished));
  }
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

const notHealed = (keys: readonly string[]): SmartOrdersError =>
  new SmartOrdersError('not-healed', `not everything could be undone: ${keys.join(', ')}`, {
    hint: 'the keeper goes on trying; if smartorders status still shows it: smartorders down && smartorders up',
  });

const leased = (run: string): SmartOrdersError =>
  new SmartOrdersError('leased', `the fleet is taken by run ${run}`, {
    hint: 'wait for it to end, or give this run a fleet of its own: --ephemeral',
  });
