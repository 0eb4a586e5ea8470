// The dashboard that Grafana shows: one panel a line of this table, two in a row. Pure. test/system/grafana.test.ts asks a
// real Prometheus each of its queries.
export const prometheusUid = 'smartorders-prometheus';

interface Query {
  readonly expr: string;
  readonly legend: string;
}

interface Panel {
  readonly title: string;
  /** Grafana's own name of it. */
  readonly unit: string;
  readonly queries: readonly Query[];
  /** Default: lines over time. */
  readonly type?: 'state-timeline';
}

const every = '$__rate_interval';
const orders = 'service="gateway", http_route="/api/orders"';

const rate = (metric: string, by: string): string => `sum by (${by}) (rate(${metric}[${every}]))`;
const quantile = (q: number, metric: string, by = ''): string =>
  `histogram_quantile(${q}, ${rate(metric, `le${by === '' ? '' : `, ${by}`}`)})`;

const panels: readonly Panel[] = [
  {
    title: 'Orders by answer',
    unit: 'reqps',
    queries: [
      {
        expr: rate(`http_server_request_duration_seconds_count{${orders}}`, 'http_response_status_code'),
        legend: '{{http_response_status_code}}',
      },
    ],
  },
  {
    title: 'How long orders take',
    unit: 's',
    queries: [0.5, 0.9, 0.99].map((q) => ({
      expr: quantile(q, `http_server_request_duration_seconds_bucket{${orders}}`),
      legend: `p${q * 100}`,
    })),
  },
  {
    title: 'Breakers',
    unit: 'none',
    type: 'state-timeline',
    queries: [
      {
        expr: 'max by (link) (2 * smartorders_breaker_state{state="open"} or smartorders_breaker_state{state="halfOpen"})',
        legend: '{{link}}',
      },
    ],
  },
  {
    title: 'Transitions of breakers',
    unit: 'none',
    queries: [
      {
        expr: `sum by (link, to) (increase(smartorders_breaker_transitions_total[${every}]))`,
        legend: '{{link}} to {{to}}',
      },
    ],
  },
  {
    title: 'Calls by link and outcome',
    unit: 'reqps',
    queries: [{ expr: rate('smartorders_link_calls_total', 'link, outcome'), legend: '{{link}} {{outcome}}' }],
  },
  {
    title: 'Failures of calls',
    unit: 'reqps',
    queries: [
      {
        expr: rate('smartorders_link_calls_total{outcome="failure"}', 'link, failure'),
        legend: '{{link}} {{failure}}',
      },
    ],
  },
  {
    title: 'How long calls take (p99)',
    unit: 's',
    queries: [{ expr: quantile(0.99, 'smartorders_link_call_duration_seconds_bucket', 'link'), legend: '{{link}}' }],
  },
  {
    title: 'What arrives over links, and what faults inside services hit',
    unit: 'reqps',
    queries: [
      { expr: rate('smartorders_link_arrivals_total', 'link'), legend: '{{link}}' },
      {
        expr: rate('smartorders_failpoint_hits_total', 'service, operation'),
        legend: 'hit: {{service}} {{operation}}',
      },
    ],
  },
  {
    title: 'Connections to databases',
    unit: 'none',
    queries: [
      { expr: 'sum by (service) (db_client_connections{state="used"})', legend: '{{service}} in use' },
      { expr: 'sum by (service) (db_client_connections_pending_requests)', legend: '{{service}} waiting' },
    ],
  },
  {
    title: 'How late event loops are (p99)',
    unit: 's',
    queries: [{ expr: 'nodejs_eventloop_delay_p99_seconds', legend: '{{service}}' }],
  },
  {
    title: 'Processor',
    unit: 'percentunit',
    queries: [{ expr: rate('process_cpu_seconds_total', 'service'), legend: '{{service}}' }],
  },
  {
    title: 'Memory',
    unit: 'bytes',
    queries: [{ expr: 'sum by (service) (process_resident_memory_bytes)', legend: '{{service}}' }],
  },
];

/** observability/grafana/smartorders.json. */
export const grafanaDashboard = () => ({
  uid: 'smartorders',
  title: 'SmartOrders',
  description:
    'Orders, links and breakers of one fleet. Written from cli/fleet/docker/grafana-dashboard.ts; not edited by hand.',
  schemaVersion: 41,
  editable: false,
  refresh: '5s',
  time: { from: 'now-15m', to: 'now' },
  panels: panels.map(drawn),
});

// --- internal ---

const datasource = { type: 'prometheus', uid: prometheusUid };
const [width, height] = [12, 8];

const drawn = ({ title, unit, queries, type }: Panel, index: number) => ({
  id: index + 1,
  title,
  type: type ?? 'timeseries',
  datasource,
  gridPos: { x: (index % 2) * width, y: Math.floor(index / 2) * height, w: width, h: height },
  targets: queries.map(({ expr, legend }, place) => ({
    refId: String.fromCharCode('A'.charCodeAt(0) + place),
    datasource,
    expr,
    legendFormat: legend,
  })),
  fieldConfig: {
    defaults: { unit, min: 0, ...(type === 'state-timeline' ? { mappings: breakerStates } : {}) },
    overrides: [],
  },
});

const breakerStates = [
  {
    type: 'value',
    options: {
      0: { text: 'closed', color: 'green' },
      1: { text: 'half open', color: 'yellow' },
      2: { text: 'open', color: 'red' },
    },
  },
];
