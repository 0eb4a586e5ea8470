// The `process` driver: the parts of a fleet as children of their keeper, started at once, watched from their first
// moment, ended together.
import { type ServiceName, serviceNames } from '../../services/fleet.ts';
import { SmartOrdersError } from '../errors.ts';
import { type Child, tailOf } from './child.ts';
import type { Database } from './database.ts';
import type { DriverEvents, FleetDriver } from './driver.ts';
import {
  diedDuringStart,
  endAll,
  type LaunchContext,
  linkPlans,
  openLinks,
  startService,
  startToxiproxy,
  until,
} from './processes.ts';

export interface KeeperProcessesOptions extends DriverEvents {
  readonly context: LaunchContext;
  readonly database: Database;
  readonly isReady: (service: ServiceName) => Promise<boolean>;
}

export function keeperProcesses(options: KeeperProcessesOptions): FleetDriver {
  const { context, database, isReady, onSpawned, onReady, onExit } = options;
  const children = new Map<string, Child>();
  /** Whose end is what was asked for. */
  const told = new Set<Child>();

  function adopt(child: Child): Child {
    children.set(child.name, child);
    void child.exited.then(({ code, signal }) => {
      if (!told.has(child)) onExit({ part: child.name, code, signal, tail: tailOf(child.logFile) });
    });
    return child;
  }

  function child(part: string): Child {
    const found = children.get(part);
    if (found !== undefined) return found;
    throw new SmartOrdersError('no-such-part', `the fleet has no process ${part} of its own`, {
      hint: `it has ${[...children.keys()].join(', ')}`,
    });
  }

  async function kill(part: string): Promise<void> {
    const victim = child(part);
    told.add(victim);
    victim.kill('SIGKILL');
    await victim.exited;
  }

  /** Starts what has ended once more, and resolves when it is ready. */
  async function revive(part: string): Promise<void> {
    if (part === 'db') return void adopt((await database.start()) ?? child(part));
    if (part === 'toxiproxy') return openLinks(adopt(startToxiproxy(context)), context.ports, database.upstream);
    const name = serviceNames.find((known) => known === part);
    if (name === undefined) throw new SmartOrdersError('no-such-part', `${part} cannot be started again`);
    await until(adopt(startService(name, database, context)), () => isReady(name));
  }

  return {
    plans: linkPlans(context.ports, database.upstream),
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
        ...services.map(({ name, child: own }) => until(own, () => isReady(name)).then(() => onReady(name))),
      ]);
      for (const each of children.values()) if (each.exit() !== null) throw diedDuringStart(each);
    },
    end: () => {
      // What is stopped does not see its pipe close.
      for (const each of children.values()) each.kill('SIGCONT');
      return endAll(children);
    },
    dispose: () => database.dispose(),
    kill,
    pause: async (part) => {
      child(part).kill('SIGSTOP');
    },
    unpause: async (part) => {
      child(part).kill('SIGCONT');
    },
    restart: async (part) => {
      if (child(part).exit() === null) await kill(part);
      await revive(part);
      onSpawned();
    },
  };
}
