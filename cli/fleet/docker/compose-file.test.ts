import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { linkIds, serviceNames } from '../../../services/fleet.ts';
import { composeFile } from './compose-file.ts';
import { grafanaDashboards, grafanaDatasources, prometheusConfig } from './compose-profiles.ts';
import { databaseScript, proxyPlans } from './container-plan.ts';
import { grafanaDashboard } from './grafana-dashboard.ts';

const root = '../../..';
const written = '# Written from services/fleet.ts, and checked to be current. Not edited by hand.\n';

describe('the files of Docker Compose are current (write them anew: vitest -u)', () => {
  it.each([
    ['docker-compose.yml', composeFile()],
    ['toxiproxy/toxiproxy.json', `${JSON.stringify(proxyPlans(), null, 2)}\n`],
    ['services/databases.sql', databaseScript()],
    ['observability/prometheus.yml', written + stringify(prometheusConfig())],
    ['observability/grafana/datasources.yml', written + stringify(grafanaDatasources())],
    ['observability/grafana/dashboards.yml', written + stringify(grafanaDashboards())],
    ['observability/grafana/smartorders.json', `${JSON.stringify(grafanaDashboard(), null, 2)}\n`],
  ])('%s', async (file, text) => {
    await expect(text).toMatchFileSnapshot(`${root}/${file}`);
  });
});

describe('docker-compose.yml', () => {
  it('has every service, and a proxy for every link', () => {
    for (const name of serviceNames) expect(composeFile()).toMatch(new RegExp(`^ {2}${name}:$`, 'm'));
    expect(proxyPlans()).toHaveLength(linkIds.length);
  });

  it('publishes on the loopback interface only', () => {
    const published = composeFile().match(/^ +- "?[\d.]*:?\d+:\d+"?$/gm) ?? [];
    expect(published.length).toBeGreaterThan(linkIds.length + serviceNames.length);
    expect(published.filter((line) => !line.includes('127.0.0.1:'))).toEqual([]);
  });
});
