// The `docker` driver: the parts of a fleet as containers, made by the engine's API out of the same plan as
// docker-compose.yml. They are no children of the keeper: they are found again by their labels.
import { join } from 'node:path';
import { linkIds, type Ports, type ServiceName, serviceNames } from '../../../services/fleet.ts';
import { SmartOrdersError } from '../../errors.ts';
import { tailOf } from '../child.ts';
import type { DriverEvents, FleetDriver } from '../driver.ts';
import { type LinkPlan, proxyNameOf } from '../links.ts';
import { containerOptions } from './container-options.ts';
import { type ContainerPlan, containerPlans, proxyPlans } from './container-plan.ts';
import { type Container, connectEngine, told } from './engine.ts';
import { followLog } from './follow-log.ts';
import { haveImages } from './image-store.ts';
import { imageFrom } from './images.ts';
import { isOwn, networkLabels, networkName, volumeLabels, volumeName } from './labels.ts';
import { removeContainers } from './remove.ts';
import { untilReady } from './until-ready.ts';
import { watchDeaths } from './watch-deaths.ts';

export interface DockerDriverOptions extends DriverEvents {
  readonly fleet: string;
  /** The project's own folder: Dockerfile, toxiproxy.json. */
  readonly folder: string;
  readonly ports: Ports;
  readonly token: string;
  readonly logs: string;
  readonly env: NodeJS.ProcessEnv;
  readonly isReady: (service: ServiceName) => Promise<boolean>;
}

export async function dockerDriver(options: DockerDriverOptions): Promise<FleetDriver> {
  const { fleet, folder, ports, token, logs, env, isReady, onSpawned, onProgress, onReady, onExit } = options;
  const engine = await connectEngine();
  const plans = containerPlans(ports, { token, collector: env.OTEL_EXPORTER_OTLP_ENDPOINT ?? '' });
  const containers = new Map<string, Container>();
  /** Whose end is what was asked for. */
  const ended = new Set<string>();
  const logFileOf = (part: string): string => join(logs, `${part}.log`);
  let stopWatching = (): void => {};

  function container(part: string): Container {
    const found = containers.get(part);
    if (found !== undefined) return found;
    throw new SmartOrdersError('no-such-part', `the fleet has no container ${part}`, {
      hint: `it has ${[...containers.keys()].join(', ')}`,
    });
  }

  async function makePlaces(): Promise<void> {
    await engine.createNetwork({ Name: networkName(fleet), CheckDuplicate: true, Labels: networkLabels(fleet) });
    for (const volume of plans.flatMap(({ volumes }) => Object.keys(volumes))) {
      const name = volumeName(fleet, volume);
      await engine.createVolume({ Name: name, Labels: volumeLabels(fleet, volume) });
      // The engine hands out one that was there already, with whatever is in it.
      const { Labels: labels } = await engine.getVolume(name).inspect();
      if (!isOwn(labels, fleet)) throw volumeTaken(name);
    }
  }

  async function startPart(plan: ContainerPlan): Promise<void> {
    const { name } = plan;
    await told(`starting ${name}`, async () => {
      const image = imageFrom(plan.image, env);
      const made = await engine.createContainer(containerOptions(plan, { fleet, folder, image }));
      containers.set(name, made);
      await made.start();
      await followLog(engine, made, logFileOf(name));
    });
    await readiness(name);
    onReady(name);
  }

  /** A service is asked itself, which is sooner known than by its health check. */
  function readiness(part: string): Promise<void> {
    const service = serviceNames.find((name) => name === part);
    const ask = service === undefined ? undefined : () => isReady(service);
    return untilReady({ part, container: container(part), tail: () => tailOf(logFileOf(part)), ask });
  }

  /** Each as soon as those that it comes after are ready. */
  async function startAll(): Promise<void> {
    const starting = new Map<string, Promise<void>>();
    for (const plan of plans) {
      const before = Promise.all(plan.after.map((name) => starting.get(name)));
      starting.set(
        plan.name,
        before.then(() => startPart(plan)),
      );
    }
    await Promise.all(starting.values());
  }

  return {
    refs: () => ({}),
    plans: linkPlans(),
    start: async () => {
      await haveImages({ engine, folder, env, onProgress }, ['toxiproxy', 'postgres', 'smartorders']);
      // What a keeper that was killed has left, or a start that failed.
      await removeContainers(fleet, engine);
      stopWatching = await watchDeaths(engine, fleet, ({ part, code }) => {
        if (ended.has(part)) return;
        onExit({ part, code, signal: null, tail: tailOf(logFileOf(part)) });
      });
      await told('making network and volumes', makePlaces);
      await startAll();
      onSpawned();
    },
    end: async () => {
      for (const { name } of plans) ended.add(name);
      await removeContainers(fleet, engine);
    },
    dispose: async () => stopWatching(),
    kill: async (part) => {
      ended.add(part);
      await told(`killing ${part}`, () => container(part).kill({ signal: 'SIGKILL' }));
    },
    pause: async (part) => {
      await told(`pausing ${part}`, () => container(part).pause());
    },
    unpause: async (part) => {
      await told(`unpausing ${part}`, () => container(part).unpause());
    },
    restart: async (part) => {
      ended.add(part);
      await told(`restarting ${part}`, async () => {
        await container(part).restart({ t: 0 });
        await followLog(engine, container(part), logFileOf(part));
      });
      await readiness(part);
      ended.delete(part);
    },
  };
}

const volumeTaken = (name: string): SmartOrdersError =>
  new SmartOrdersError('name-taken', `there is a volume ${name} already, which this fleet did not make`, {
    hint: `remove it (docker compose down --volumes, or docker volume rm ${name}), or name this fleet: --fleet other --base-port 6000`,
  });

const linkPlans = (): readonly LinkPlan[] =>
  proxyPlans().flatMap(({ name, listen, upstream }) =>
    linkIds.filter((id) => proxyNameOf(id) === name).map((link) => ({ link, listen, upstream })),
  );
