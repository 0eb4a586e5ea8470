// Debian's Prometheus, started by a test on a port of its own over the services of a fleet.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { freeBlock } from '../../cli/fleet/ports.ts';
import { serviceNames } from '../../services/fleet.ts';
import { root } from './cli.ts';

export const hasPrometheus = spawnSync('prometheus', ['--version']).error === undefined;

const sampleSchema = z.object({
  metric: z.record(z.string(), z.string()),
  value: z.tuple([z.number(), z.coerce.number()]),
});
const answerSchema = z.object({ status: z.literal('success'), data: z.object({ result: z.array(sampleSchema) }) });
const rulesSchema = z.object({
  data: z.object({ groups: z.array(z.object({ rules: z.array(z.object({ name: z.string(), health: z.string() })) })) }),
});

export type Sample = z.infer<typeof sampleSchema>;

export interface Prometheus extends AsyncDisposable {
  /** `at`: seconds since the epoch, default now. */
  query(expression: string, at?: number): Promise<readonly Sample[]>;
  /** Resolves when every service has been scraped at a later time than now; answers with a time at which all can be read. */
  scrapedAnew(): Promise<number>;
  /** The alert rules, and whether each could be evaluated. */
  rules(): Promise<readonly { readonly name: string; readonly health: string }[]>;
}

/** `ports`: of the services. Scrapes once a second, with the project's alert rules. */
export async function aPrometheus(ports: Readonly<Record<string, number>>): Promise<Prometheus> {
  const folder = mkdtempSync(join(tmpdir(), 'smartorders-prometheus-'));
  const { controlPort: port } = await freeBlock(Math.random);
  const scrape = {
    job_name: 'smartorders',
    static_configs: serviceNames.map((service) => ({ targets: [`127.0.0.1:${ports[service]}`], labels: { service } })),
  };
  const config = {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: [join(root, 'observability', 'alerts.yml')],
    scrape_configs: [scrape],
  };
  // JSON is YAML.
  writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify(config));
  const args = [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
  const server = spawn('prometheus', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const exited = once(server, 'exit');
  for await (const chunk of server.stderr.iterator({ destroyOnReturn: false })) {
    if (String(chunk).includes('Server is ready to receive web requests')) break;
  }
  server.stderr.resume();
  const api = async (path: string): Promise<unknown> => (await fetch(`http://127.0.0.1:${port}/api/v1/${path}`)).json();

  const query: Prometheus['query'] = async (expression, at = Date.now() / 1_000) => {
    const asked = new URLSearchParams({ query: expression, time: String(at) });
    return answerSchema.parse(await api(`query?${asked}`)).data.result;
  };
  return {
    query,
    scrapedAnew: async () => {
      const since = Date.now() / 1_000;
      for (;;) {
        // Of the bare series: of any other expression, this would be the time of the query.
        const scraped = await query('timestamp(up{job="smartorders"})');
        const times = scraped.map(({ value: [, at] }) => at);
        if (times.length === serviceNames.length && times.every((at) => at > since)) return Math.max(...times);
        await sleep(50);
      }
    },
    rules: async () => rulesSchema.parse(await api('rules')).data.groups.flatMap(({ rules }) => rules),
    [Symbol.asyncDispose]: async () => {
      server.kill('SIGTERM');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
