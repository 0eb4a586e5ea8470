// A planned container in the engine's own terms. Says the same as its entry in docker-compose.yml. Pure.
import type { ContainerPlan } from './container-plan.ts';
import { containerLabels, containerName, networkName, volumeName } from './labels.ts';

export interface Around {
  readonly fleet: string;
  /** The project's own, which holds the files that are mounted. */
  readonly folder: string;
  readonly image: string;
}

const nanosecondsPerSecond = 1e9;
const bytesPerMb = 2 ** 20;

export function containerOptions(plan: ContainerPlan, { fleet, folder, image }: Around) {
  const { name, user, command, env, ports, health, memoryMb, tmpfs, files, volumes } = plan;
  const tcp = (port: number): string => `${port}/tcp`;
  return {
    name: containerName(fleet, name),
    Image: image,
    Hostname: name,
    User: user,
    Cmd: command,
    Env: Object.entries(env).map(([variable, value]) => `${variable}=${value}`),
    Labels: containerLabels(fleet, name, folder),
    ExposedPorts: Object.fromEntries(ports.map(({ container }) => [tcp(container), {}])),
    Healthcheck: {
      Test: ['CMD', ...health.command],
      Interval: health.intervalSeconds * nanosecondsPerSecond,
      Timeout: 5 * nanosecondsPerSecond,
      Retries: 12,
    },
    HostConfig: {
      NetworkMode: networkName(fleet),
      PortBindings: Object.fromEntries(
        ports.map(({ host, container }) => [tcp(container), [{ HostIp: '127.0.0.1', HostPort: String(host) }]]),
      ),
      Binds: [
        ...Object.entries(files).map(([file, path]) => `${folder}/${file}:${path}:ro`),
        ...Object.entries(volumes).map(([volume, path]) => `${volumeName(fleet, volume)}:${path}`),
      ],
      Tmpfs: Object.fromEntries(tmpfs.map((path) => [path, ''])),
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges:true'],
      Memory: memoryMb * bytesPerMb,
      NanoCpus: nanosecondsPerSecond,
      PidsLimit: 256,
      RestartPolicy: { Name: 'no' },
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '2' } },
    },
    NetworkingConfig: { EndpointsConfig: { [networkName(fleet)]: { Aliases: [name] } } },
  };
}
