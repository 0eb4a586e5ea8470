// The images of a container fleet: pinned, and each replaceable by a variable, for a company's own registry or for none.
export const images = {
  smartorders: { variable: 'SMARTORDERS_IMAGE', default: 'smartorders:0.1.0' },
  node: { variable: 'NODE_IMAGE', default: 'node:24.11.0-alpine3.22' },
  toxiproxy: { variable: 'TOXIPROXY_IMAGE', default: 'ghcr.io/shopify/toxiproxy:2.12.0' },
  postgres: { variable: 'POSTGRES_IMAGE', default: 'postgres:18.1' },
  grafana: { variable: 'GRAFANA_IMAGE', default: 'grafana/grafana:12.3.0' },
  prometheus: { variable: 'PROMETHEUS_IMAGE', default: 'prom/prometheus:v3.7.3' },
} as const;
export type ImageName = keyof typeof images;

type Environment = Readonly<Record<string, string | undefined>>;

export function imageFrom(name: ImageName, env: Environment): string {
  const { variable, default: pinned } = images[name];
  const wanted = env[variable];
  return wanted === undefined || wanted === '' ? pinned : wanted;
}

/** What the build of the project's image is told beside NODE_IMAGE, where the environment has it. */
export const buildVariables = [
  'NPM_CONFIG_REGISTRY',
  'EXTRA_CA_FILE',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
] as const;
