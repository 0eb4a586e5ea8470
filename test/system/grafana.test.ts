// Every query of the Grafana dashboard, asked of a real Prometheus over a fleet that has seen some of everything.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { portsFrom } from '../../services/fleet.ts';
import { aWorld, freeBasePort, root } from '../support/cli.ts';
import { aPrometheus, hasPrometheus } from '../support/prometheus.ts';

const dashboardSchema = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) })),
});

/** As the image of Grafana gets it. */
function queriesOfTheFile(): readonly { readonly title: string; readonly expr: string }[] {
  const text = readFileSync(join(root, 'observability/grafana/smartorders.json'), 'utf8');
  const { panels } = dashboardSchema.parse(JSON.parse(text));
  return panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ title, expr })));
}

async function placeOrders(port: number, count: number): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (let order = 0; order < count; order += 1) {
    const { status } = await fetch(`http://127.0.0.1:${port}/api/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user_id: '1', item_id: 'item1' }),
    });
    statuses.push(status);
  }
  return statuses;
}

describe.skipIf(!hasPrometheus)('the Grafana dashboard', () => {
  it('has data in each of its panels', async () => {
    await using world = aWorld();
    const base = await freeBasePort();
    expect(await world.run('up', '--base-port', String(base))).toMatchObject({ code: 0 });
    const { services } = portsFrom(base);
    await using prometheus = await aPrometheus(services);
    expect(await placeOrders(services.gateway, 5)).toEqual([201, 201, 201, 201, 201]);
    await world.run('fault', 'add', 'httpError', 'payment', 'status=503');
    // Three failures open the breaker.
    expect(await placeOrders(services.gateway, 5)).toEqual([503, 503, 503, 503, 503]);
    // A rate needs two scrapes, and the first of a series that is new counts as nothing.
    await prometheus.scrapedAnew();
    expect(await world.run('reset')).toMatchObject({ code: 0 });
    await placeOrders(services.gateway, 5);
    const at = await prometheus.scrapedAnew();

    const empty: string[] = [];
    for (const { title, expr } of queriesOfTheFile()) {
      const samples = await prometheus.query(expr.replaceAll('$__rate_interval', '1m'), at);
      if (!samples.some(({ value: [, value] }) => Number.isFinite(value))) empty.push(`${title}: ${expr}`);
    }
    expect(empty).toEqual([]);
  });
});
