// What docker-compose.yml starts only when it is asked to: Prometheus, and a source of orders.
import { defaultBasePort, portsFrom, serviceNames } from '../../../services/fleet.ts';
import type { ImageName } from './images.ts';

const ports = portsFrom(defaultBasePort).services;

export interface Profiled {
  readonly hardened: object;
  readonly imageVariable: (name: ImageName) => string;
}

export const observabilityServices = ({ hardened, imageVariable }: Profiled) => ({
  prometheus: {
    image: imageVariable('prometheus'),
    profiles: ['observability'],
    user: '65534:65534',
    ports: ['127.0.0.1:9090:9090'],
    volumes: [
      './observability/prometheus.yml:/etc/prometheus/prometheus.yml:ro',
      './observability/alerts.yml:/etc/prometheus/alerts.yml:ro',
    ],
    tmpfs: ['/prometheus:mode=1777'],
    mem_limit: '512m',
    cpus: 1,
    ...hardened,
  },
});

export const loadService = ({ hardened, image }: { readonly hardened: object; readonly image: string }) => ({
  image,
  profiles: ['load'],
  user: '1000:1000',
  command: ['node', 'services/load.js'],
  environment: { GATEWAY_URL: `http://gateway:${ports.gateway}`, ORDERS_PER_SECOND: '${ORDERS_PER_SECOND:-10}' },
  depends_on: { gateway: { condition: 'service_healthy' } },
  tmpfs: ['/tmp'],
  mem_limit: '128m',
  cpus: 1,
  ...hardened,
});

/** observability/prometheus.yml. */
export const prometheusConfig = () => ({
  global: { scrape_interval: '5s', evaluation_interval: '5s' },
  rule_files: ['alerts.yml'],
  scrape_configs: [
    {
      job_name: 'smartorders',
      static_configs: serviceNames.map((service) => ({
        targets: [`${service}:${ports[service]}`],
        labels: { service },
      })),
    },
  ],
});
