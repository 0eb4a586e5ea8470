import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { aDoor } from '../testing/door.ts';
import { createHttpLink } from './link.ts';
import { createMetrics } from './metrics.ts';
import { buildServer } from './server.ts';

const policy = { timeoutMs: 1_000, breaker: { rule: 'consecutive', failureThreshold: 2, openForMs: 10_000 } } as const;

/** A service whose one route calls a dependency that always answers 503. */
function aService() {
  const door = aDoor('order');
  const link = createHttpLink({
    id: 'order->payment',
    policy,
    client: { send: async () => ({ status: 503, headers: {}, text: '{}' }), close: async () => {} },
    emit: door.events.emit,
    now: () => 0,
    nextAttempt: () => 'boot-1',
  });
  const metrics = createMetrics({
    breakers: () => [link.view()],
    pool: () => ({ idle: 3, used: 2, max: 10, pending: 1 }),
  });
  door.events.subscribe((batch) => batch.forEach(metrics.observe));
  const app = buildServer({
    door: { ...door, links: [link], metrics },
    about: 'a service under test',
    routes: (scope) => {
      scope.post('/orders/:id', async () => link.call({ method: 'POST', route: '/charges' }));
    },
  });
  return {
    ask: (headers = {}) => app.inject({ method: 'POST', url: '/orders/1', headers }),
    scrape: async () => {
      door.events.clock();
      const answer = await app.inject('/metrics');
      expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
      return answer.body.split('\n');
    },
  };
}

describe('metrics', () => {
  it('tell calls, refusals, transitions and the state of the breaker', async () => {
    const { ask, scrape } = aService();
    for (let asked = 0; asked < 5; asked += 1) await ask();
    const lines = await scrape();
    for (const line of [
      'smartorders_link_calls_total{link="order->payment",operation="POST /charges",outcome="failure",failure="status"} 2',
      'smartorders_link_calls_total{link="order->payment",operation="POST /charges",outcome="rejected",failure=""} 3',
      'smartorders_link_call_duration_seconds_count{link="order->payment",outcome="failure"} 2',
      'smartorders_breaker_transitions_total{link="order->payment",from="closed",to="open"} 1',
      'smartorders_breaker_state{link="order->payment",state="open"} 1',
      'smartorders_breaker_state{link="order->payment",state="closed"} 0',
      'http_server_request_duration_seconds_count{http_request_method="POST",http_route="/orders/:id",http_response_status_code="200"} 5',
      'db_client_connections{state="used"} 2',
      'db_client_connections_pending_requests 1',
    ]) {
      expect(lines).toContain(line);
    }
    expect(lines.filter((line) => line.startsWith('smartorders_link_call_duration_seconds_count'))).toHaveLength(1);
  });

  it('count a link that no fleet has as `other`: callers cannot make series', async () => {
    const { ask, scrape } = aService();
    for (const name of ['a->b', 'c->d', 'order->payment']) {
      await ask({ 'x-smartorders-link': name, 'x-smartorders-attempt': '1' });
    }
    const arrivals = (await scrape()).filter((line) => line.startsWith('smartorders_link_arrivals_total'));
    expect(arrivals).toEqual([
      'smartorders_link_arrivals_total{link="other",operation="POST /orders/:id"} 2',
      'smartorders_link_arrivals_total{link="order->payment",operation="POST /orders/:id"} 1',
    ]);
  });

  it.skipIf(spawnSync('promtool', ['--version']).error !== undefined)(
    'have names that Prometheus finds no fault with',
    async () => {
      const { ask, scrape } = aService();
      await ask({ 'x-smartorders-link': 'gateway->order', 'x-smartorders-attempt': '1' });
      const { status, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: (await scrape()).join('\n') });
      expect([status, String(stderr)]).toEqual([0, '']);
    },
  );

  it('leave probes, scrapes and admin routes out', async () => {
    const { scrape } = aService();
    await scrape();
    expect((await scrape()).filter((line) => line.startsWith('http_server_request_duration_seconds_count'))).toEqual(
      [],
    );
  });
});
