// What docker-compose.yml starts only when it is asked to: Prometheus with Grafana, and a source of orders.
import { posix } from 'node:path';
import { defaultBasePort, portsFrom, serviceNames } from '../../../services/fleet.ts';
import { prometheusUid } from './grafana-dashboard.ts';
import type { ImageName } from './images.ts';

const ports = portsFrom(defaultBasePort).services;
const scrapeInterval = '5s';
const dashboardPath = '/etc/grafana/dashboards/smartorders.json';

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
  grafana: {
    image: imageVariable('grafana'),
    profiles: ['observability'],
    user: '472:0',
    environment: {
      // Whoever reaches 127.0.0.1 may look.
      GF_AUTH_ANONYMOUS_ENABLED: 'true',
      GF_ANALYTICS_REPORTING_ENABLED: 'false',
      GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
      GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
      GF_PLUGINS_PREINSTALL_DISABLED: 'true',
      GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: dashboardPath,
    },
    ports: ['127.0.0.1:3000:3000'],
    volumes: [
      './observability/grafana/datasources.yml:/etc/grafana/provisioning/datasources/smartorders.yml:ro',
      './observability/grafana/dashboards.yml:/etc/grafana/provisioning/dashboards/smartorders.yml:ro',
      `./observability/grafana/smartorders.json:${dashboardPath}:ro`,
    ],
    tmpfs: ['/tmp', '/var/lib/grafana:mode=1777', '/var/log/grafana:mode=1777'],
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
  global: { scrape_interval: scrapeInterval, evaluation_interval: scrapeInterval },
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

/** observability/grafana/datasources.yml. */
export const grafanaDatasources = () => ({
  apiVersion: 1,
  datasources: [
    {
      ...{ name: 'Prometheus', uid: prometheusUid, type: 'prometheus', access: 'proxy', isDefault: true },
      url: 'http://prometheus:9090',
      jsonData: { timeInterval: scrapeInterval },
    },
  ],
});

/** observability/grafana/dashboards.yml. */
export const grafanaDashboards = () => ({
  apiVersion: 1,
  providers: [{ name: 'SmartOrders', type: 'file', options: { path: posix.dirname(dashboardPath) } }],
});
