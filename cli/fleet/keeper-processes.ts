// The processes of one fleet in their keeper's hands: started at once, watched from their first moment, ended together.
import { type ServiceName, serviceNames } from '../../services/fleet.ts';
import type { Child, Exit } from './child.ts';
import type { Database } from './database.ts';
import type { ProcessRef } from './pid.ts';
import {
  diedDuringStart,
  endAll,
  type LaunchContext,
  openLinks,
  startService,
  startToxiproxy,
  until,
} from './processes.ts';

export interface KeeperProcesses {
  refs(): Readonly<Record<string, ProcessRef>>;
  /** Resolves when all are ready; throws as soon as one has died. */
  start(): Promise<void>;
  /** Ends those that there are by now. */
  end(): Promise<void>;
}

export interface KeeperProcessesOptions {
  readonly context: LaunchContext;
  readonly database: Database;
  readonly isReady: (service: ServiceName) => Promise<boolean>;
  /** Every process has its pid. */
  readonly onSpawned: () => void;
  readonly onReady: (process: string) => void;
  readonly onExit: (child: Child, exit: Exit) => void;
}

export function keeperProcesses(options: KeeperProcessesOptions): KeeperProcesses {
  const { context, database, isReady, onSpawned, onReady, onExit } = options;
  const children = new Map<string, Child>();

  function adopt(child: Child): Child {
    children.set(child.name, child);
    void child.exited.then((exit) => onExit(child, exit));
    return child;
  }

  return {
    refs: () => Object.fromEntries([...children.values()].map(({ name, ref }) => [name, ref])),
    start: async () => {
      // First, since it waits for the disk, while all others want the processor.
      const starting = database.start();
      const toxiproxy = adopt(startToxiproxy(context));
      const services = serviceNames.map((name) => ({ name, child: adopt(startService(name, database, context)) }));
      const server = await starting;
      if (server !== null) adopt(server);
      onSpawned();
      await Promise.all([
        openLinks(toxiproxy, context.ports, database.upstream).then(() => onReady('toxiproxy')),
        ...services.map(({ name, child }) => until(child, () => isReady(name)).then(() => onReady(name))),
      ]);
      for (const child of children.values()) if (child.exit() !== null) throw diedDuringStart(child);
    },
    end: () => endAll(children),
  };
}
