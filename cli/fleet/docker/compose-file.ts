// docker-compose.yml as text, from the same plan that the Docker driver works by. In terms that docker-compose 1.29 and
// Compose v2 read alike: no `version`, no `name`.
import { stringify } from 'yaml';
import { defaultBasePort, portsFrom } from '../../../services/fleet.ts';
import { loadService, observabilityServices } from './compose-profiles.ts';
import { type ContainerPlan, containerPlans } from './container-plan.ts';
import { buildVariables, type ImageName, images } from './images.ts';

const head = `# Written from services/fleet.ts by \`npx vitest run --project unit cli/fleet/docker -u\`, and checked to be current. Not edited by hand.
#
#   docker compose up --build                            the fleet on 127.0.0.1: gateway 5000, links 5010 and up, Toxiproxy 8474
#   docker compose --profile observability up --build    and Prometheus on 9090, Grafana on 3000
#   docker compose --profile load up --build             and orders, 10 a second
#
# Each image is replaceable by a variable: ${Object.values(images)
  .map(({ variable }) => variable)
  .join(', ')}.
# EXTRA_CA_FILE: a certificate in this folder that the build trusts as well; NPM_CONFIG_REGISTRY and proxies reach it, too.
`;

/** What both command lines put in where the environment has nothing else. */
export const variable = (name: string, otherwise: string): string => `\${${name}:-${otherwise}}`;

export const imageVariable = (name: ImageName): string => variable(images[name].variable, images[name].default);

export function composeFile(): string {
  const plans = containerPlans(portsFrom(defaultBasePort), {
    token: variable('ADMIN_TOKEN', 'for-this-machine-only'),
    collector: variable('OTEL_EXPORTER_OTLP_ENDPOINT', ''),
  });
  const services = {
    ...Object.fromEntries(plans.map((plan) => [plan.name, serviceOf(plan)])),
    ...observabilityServices({ hardened, imageVariable }),
    load: loadService({ hardened, image: imageVariable('smartorders') }),
  };
  const volumes = Object.fromEntries(plans.flatMap(({ volumes: own }) => Object.keys(own)).map((name) => [name, {}]));
  // YAML 1.1, as docker-compose 1.29 reads it: there a bare `no` is false.
  return `${head}\n${stringify({ services, volumes }, { version: '1.1', lineWidth: 120, aliasDuplicateObjects: false })}`;
}

// --- internal ---

const build = {
  context: '.',
  args: Object.fromEntries([
    [images.node.variable, imageVariable('node')],
    ...buildVariables.map((name) => [name, variable(name, '')]),
  ]),
};

/** What every container of the project has in common. */
const hardened = {
  restart: 'no',
  read_only: true,
  cap_drop: ['ALL'],
  security_opt: ['no-new-privileges:true'],
  pids_limit: 256,
  logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '2' } },
} as const;

function serviceOf(plan: ContainerPlan) {
  const { name, image, user, command, env, ports, health, after, memoryMb, tmpfs, files, volumes } = plan;
  const mounts = [
    ...Object.entries(files).map(([file, path]) => `./${file}:${path}:ro`),
    ...Object.entries(volumes).map(([volume, path]) => `${volume}:${path}`),
  ];
  return {
    image: imageVariable(image),
    ...(image === 'smartorders' ? { build } : {}),
    hostname: name,
    user,
    command,
    ...(Object.keys(env).length > 0 ? { environment: env } : {}),
    ports: ports.map(({ host, container }) => `127.0.0.1:${host}:${container}`),
    healthcheck: {
      test: ['CMD', ...health.command],
      interval: `${health.intervalSeconds}s`,
      timeout: '5s',
      retries: 12,
    },
    ...(after.length > 0
      ? { depends_on: Object.fromEntries(after.map((other) => [other, { condition: 'service_healthy' }])) }
      : {}),
    mem_limit: `${memoryMb}m`,
    cpus: 1,
    ...(tmpfs.length > 0 ? { tmpfs } : {}),
    ...(mounts.length > 0 ? { volumes: mounts } : {}),
    ...hardened,
  };
}
