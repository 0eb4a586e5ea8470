import { afterEach, describe, expect, it, vi } from 'vitest';
import { aCollector } from '../../test/support/collector.ts';
import { aDoor } from '../testing/door.ts';
import type { HttpRequest } from './http-client.ts';
import { createHttpLink } from './link.ts';
import { buildServer } from './server.ts';
import { createTracing, type Tracing } from './tracing.ts';

const caller = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };

/** A service whose one route calls a dependency twice; the first failure opens its breaker. */
function aService(tracing: Tracing) {
  const sent: HttpRequest['headers'][] = [];
  const link = createHttpLink({
    id: 'order->payment',
    policy: { timeoutMs: 1_000, breaker: { rule: 'consecutive', failureThreshold: 1, openForMs: 10_000 } },
    client: {
      send: async ({ headers }) => {
        sent.push(headers);
        return { status: 503, headers: {}, text: '{}' };
      },
      close: async () => {},
    },
    emit: () => {},
    now: () => 0,
    nextAttempt: () => 'boot-1',
    tracing,
  });
  const app = buildServer({
    door: aDoor('order', { tracing, links: [link] }),
    about: 'a service under test',
    routes: (scope) => {
      scope.post('/orders/:id', async (_request, reply) => {
        for (let call = 0; call < 2; call += 1) await link.call({ method: 'POST', route: '/charges' });
        return reply.code(503).send({});
      });
    },
  });
  const headers = { traceparent: `00-${caller.traceId}-${caller.spanId}-01`, 'idempotency-key': 'k1' };
  return { sent, ask: () => app.inject({ method: 'POST', url: '/orders/7', headers, payload: { a: 1 } }) };
}

afterEach(() => vi.unstubAllEnvs());

describe('a request whose traces are collected', () => {
  it('goes on with its caller’s trace, hands it on, and tells what a breaker refused', async () => {
    await using collector = await aCollector();
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', collector.url);
    const tracing = createTracing('order', true);
    await tracing.start();
    const { ask, sent } = aService(tracing);
    await ask();
    await tracing.close();
    const spans = await collector.until((all) => all.length === 2);

    const [serving, calling] = ['POST /orders/:id', 'POST /charges'].map((name) => spans.find((s) => s.name === name));
    expect(serving).toMatchObject({
      ...{ service: 'order', traceId: caller.traceId, parentSpanId: caller.spanId, status: { code: 2 } },
      attributes: { 'http.route': '/orders/:id', 'http.response.status_code': 503, 'smartorders.key': 'k1' },
      events: [{ name: 'breaker.rejected', attributes: { 'smartorders.link': 'order->payment' } }],
    });
    expect(calling).toMatchObject({
      ...{ traceId: caller.traceId, parentSpanId: serving?.spanId, status: { code: 2 }, events: [] },
      attributes: { 'smartorders.link': 'order->payment', 'smartorders.outcome': 'failure', 'error.type': 'status' },
    });
    expect(sent.map(({ traceparent }) => traceparent)).toEqual([`00-${caller.traceId}-${calling?.spanId}-01`]);
  });
});

it('without a collector a call carries no trace', async () => {
  const { ask, sent } = aService(createTracing('order', false));
  await ask();
  expect(sent).toHaveLength(1);
  expect(sent[0]).not.toHaveProperty('traceparent');
});
