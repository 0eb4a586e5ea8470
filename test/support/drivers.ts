// Both fleet drivers, each on a fleet of its own, for what they promise alike.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAdmin } from '../../cli/fleet/admin.ts';
import { embeddedDatabase } from '../../cli/fleet/database.ts';
import { dockerDriver } from '../../cli/fleet/docker/docker-driver.ts';
import { connectEngine } from '../../cli/fleet/docker/engine.ts';
import type { FleetDriver, PartExit } from '../../cli/fleet/driver.ts';
import { keeperProcesses } from '../../cli/fleet/keeper-processes.ts';
import { databaseRoot } from '../../cli/fleet/paths.ts';
import { freeBlock } from '../../cli/fleet/ports.ts';
import type { DriverName } from '../../cli/fleet/state.ts';
import type { Ports, ServiceName } from '../../services/fleet.ts';
import { root } from './cli.ts';

export const hasEngine: boolean = await connectEngine().then(
  () => true,
  () => false,
);

export interface DrivenFleet extends AsyncDisposable {
  readonly driver: FleetDriver;
  readonly ports: Ports;
  readonly isReady: (service: ServiceName) => Promise<boolean>;
  /** What was ready, in its order. */
  readonly ready: readonly string[];
  /** Resolves at the first end that nobody had told a part to. */
  readonly exited: Promise<PartExit>;
}

/** Started and ready; ended when it is disposed of. */
export async function aDrivenFleet(name: DriverName): Promise<DrivenFleet> {
  const folder = mkdtempSync(join(tmpdir(), 'smartorders-driver-'));
  const logs = join(folder, 'logs');
  mkdirSync(logs);
  const { ports } = await freeBlock(Math.random);
  const token = 'test-token';
  const { isReady } = connectAdmin({ ports: ports.services, token });
  const ready: string[] = [];
  const exited = Promise.withResolvers<PartExit>();
  const events = {
    onSpawned: () => {},
    onProgress: () => {},
    onReady: (part: string) => void ready.push(part),
    onExit: exited.resolve,
  };
  const common = { ports, token, logs, env: process.env };
  const database = embeddedDatabase({
    root: databaseRoot(process.env),
    dataFolder: join(databaseRoot(process.env), `driver-test-${process.pid}`),
    port: ports.database,
    logFile: join(logs, 'db.log'),
  });
  const driver =
    name === 'docker'
      ? await dockerDriver({ ...common, ...events, isReady, fleet: `test-${process.pid}`, folder: root })
      : keeperProcesses({ ...events, isReady, database, context: { ...common, programs: join(root, 'dist') } });
  const dispose = async (): Promise<void> => {
    await driver.end();
    await driver.dispose();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await driver.start();
  } catch (error) {
    await dispose();
    throw error;
  }
  return { driver, ports, isReady, ready, exited: exited.promise, [Symbol.asyncDispose]: dispose };
}
