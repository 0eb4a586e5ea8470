// A real Prometheus over a real fleet: what it counts between two scrapes is what the journal of the run in between tells.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readJournal } from '../../cli/metrics/read-journal.ts';
import type { EventOf, RunEvent } from '../../services/contract/events.ts';
import { portsFrom, serviceNames } from '../../services/fleet.ts';
import { durationBounds } from '../../services/shared/tallies.ts';
import { aWorld, freeBasePort, readText, root } from '../support/cli.ts';
import { aPrometheus, hasPrometheus, type Prometheus, type Sample } from '../support/prometheus.ts';

const rules = join(root, 'observability');

const byLabels = (samples: readonly Sample[], labels: readonly string[]): Record<string, number> =>
  Object.fromEntries(
    samples
      .map(({ metric, value: [, count] }) => [labels.map((label) => metric[label]).join(' '), count] as const)
      .filter(([, count]) => count > 0)
      .sort(),
  );

function counted<E>(events: readonly E[], keyOf: (event: E) => string): Record<string, number> {
  const counts = new Map<string, number>();
  for (const key of events.map(keyOf).sort()) counts.set(key, (counts.get(key) ?? 0) + 1);
  return Object.fromEntries(counts);
}

/** By how much each series grew; one that was not there before grew from nothing. */
async function growth(
  prometheus: Prometheus,
  metric: string,
  by: readonly string[],
  [before, after]: readonly number[],
) {
  const sum = `sum by (${by.join(', ')}) (${metric})`;
  const then = byLabels(await prometheus.query(sum, before), by);
  const now = byLabels(await prometheus.query(sum, after), by);
  return Object.fromEntries(
    Object.entries(now)
      .map(([key, count]) => [key, count - (then[key] ?? 0)] as const)
      .filter(([, count]) => count > 0),
  );
}

const ofType = <T extends RunEvent['type']>(events: readonly RunEvent[], type: T): readonly EventOf<T>[] =>
  events.filter((event): event is EventOf<T> => event.type === type);

/** In which bucket a quantile lies. */
const bucketOf = (seconds: number): number => durationBounds.findIndex((bound) => seconds <= bound);

function quantileOf(seconds: readonly number[], q: number): number {
  const sorted = [...seconds].sort((a, b) => a - b);
  return sorted[Math.ceil(q * sorted.length) - 1] ?? Number.NaN;
}

describe.skipIf(!hasPrometheus)('Prometheus', () => {
  it('takes the alert rules, and each fires when it should and only then', () => {
    const test = spawnSync('promtool', ['test', 'rules', join(rules, 'alerts.test.yml')], { encoding: 'utf8' });
    expect([test.status, test.stdout, test.stderr]).toEqual([0, expect.stringContaining('SUCCESS'), '']);
  });

  it('counts what the journal tells, call by call, and sees the same quantiles', async () => {
    await using world = aWorld();
    const base = await freeBasePort();
    expect(await world.run('up', '--base-port', String(base))).toMatchObject({ code: 0 });
    await using prometheus = await aPrometheus(portsFrom(base).services);
    const before = await prometheus.scrapedAnew();
    const run = await world.run('scenario', 'run', join(root, 'test/scenarios/brief-outage.yaml'));
    expect(run.stdout).toMatch(/order->payment {2}closed -> open/);
    const after = await prometheus.scrapedAnew();
    const { events } = readJournal(readText(world.reportFolder(), 'journal.ndjson'));

    const between = (metric: string, by: readonly string[]) => growth(prometheus, metric, by, [before, after]);
    const calls = ofType(events, 'call');
    // What the run itself prepares goes through admin routes, before anybody reads events.
    const prepared = 'operation!~"add-(users|items)"';
    expect(
      await between(`smartorders_link_calls_total{${prepared}}`, ['link', 'operation', 'outcome', 'failure']),
    ).toEqual(
      counted(calls, ({ link, operation, outcome, failure = '' }) => `${link} ${operation} ${outcome} ${failure}`),
    );
    expect(await between('smartorders_link_arrivals_total', ['link', 'operation'])).toEqual(
      counted(ofType(events, 'arrival'), ({ link, operation }) => `${link} ${operation}`),
    );
    expect(await between('smartorders_breaker_transitions_total', ['link', 'from', 'to'])).toEqual(
      counted(ofType(events, 'breaker'), ({ link, from, to }) => `${link} ${from} ${to}`),
    );
    const orders = 'http_server_request_duration_seconds_count{service="gateway"}';
    expect(await between(orders, ['http_response_status_code'])).toEqual(
      counted(ofType(events, 'request'), ({ status }) => String(status)),
    );

    for (const link of ['order->inventory', 'inventory->db', 'gateway->order']) {
      const seconds = calls
        .filter((call) => call.link === link && call.admitted)
        .map(({ start, end }) => (end - start) / 1_000);
      for (const q of [0.5, 0.99]) {
        const increase = `increase(smartorders_link_call_duration_seconds_bucket{link="${link}"}[${Math.ceil(after - before)}s])`;
        const [answer] = await prometheus.query(`histogram_quantile(${q}, sum by (le) (${increase}))`, after);
        const [seen, told] = [bucketOf(answer?.value[1] ?? Number.NaN), bucketOf(quantileOf(seconds, q))];
        expect(Math.abs(seen - told), `${link} p${100 * q}: bucket ${seen} and ${told}`).toBeLessThanOrEqual(1);
      }
    }
    expect(new Set((await prometheus.rules()).map(({ health }) => health))).toEqual(new Set(['ok']));
    const up = await prometheus.query('up', after);
    expect(up.map(({ metric }) => metric.service).sort()).toEqual([...serviceNames].sort());
  });
});
