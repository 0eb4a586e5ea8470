// Traces of orders over a real fleet, as a collector gets them: one order is one trace, from the gateway to every database.
import { describe, expect, it } from 'vitest';
import { portsFrom } from '../../services/fleet.ts';
import { aWorld, freeBasePort } from '../support/cli.ts';
import { aCollector, type CollectedSpan, type Collector } from '../support/collector.ts';

/** Of a span, as OTLP has it. */
const server = 2;

async function placeOrder(port: number, key: string): Promise<number> {
  const { status } = await fetch(`http://127.0.0.1:${port}/api/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ user_id: '1', item_id: 'item1' }),
  });
  return status;
}

/** The trace of an order as a tree, indented; each child inside its parent's time. */
function tree(spans: readonly CollectedSpan[], parent: CollectedSpan | undefined, depth = 0): readonly string[] {
  return spans
    .filter(({ parentSpanId = '' }) => parentSpanId === (parent?.spanId ?? ''))
    .sort((a, b) => Number(a.startTimeUnixNano - b.startTimeUnixNano))
    .flatMap((span) => {
      const { service, name, kind, attributes, events } = span;
      const what = kind === server ? `${service} serves` : `${attributes['smartorders.link']}:`;
      const refused = events.map(({ name: event, attributes: on }) => `, ${event} ${on['smartorders.link']}`);
      return [`${'  '.repeat(depth)}${what} ${name}${refused.join('')}`, ...tree(spans, span, depth + 1)];
    });
}

const rootOf = (spans: readonly CollectedSpan[], key: string): CollectedSpan | undefined =>
  spans.find(({ parentSpanId = '', attributes }) => parentSpanId === '' && attributes['smartorders.key'] === key);

function traceOf(spans: readonly CollectedSpan[], key: string): readonly CollectedSpan[] {
  const root = rootOf(spans, key);
  return root === undefined ? [] : spans.filter(({ traceId }) => traceId === root.traceId);
}

/** Services send in batches of their own: the whole trace is there when as many spans are as it must have. */
async function collected(collector: Collector, key: string, count: number): Promise<readonly CollectedSpan[]> {
  return traceOf(await collector.until((spans) => traceOf(spans, key).length >= count), key);
}

describe('an order of a fleet whose traces are collected', () => {
  it('is one trace through all services and databases, and tells what a breaker refused', async () => {
    await using collector = await aCollector();
    await using world = aWorld({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    const base = await freeBasePort();
    expect(await world.run('up', '--base-port', String(base))).toMatchObject({ code: 0 });
    const { gateway } = portsFrom(base).services;

    expect(await placeOrder(gateway, 'good')).toBe(201);
    const good = await collected(collector, 'good', 17);
    expect(tree(good, undefined).join('\n')).toMatchInlineSnapshot(`
      "gateway serves POST /api/orders
        gateway->order: POST /place-order
          order serves POST /place-order
            order->user: GET /users/:id
              user serves GET /users/:id
                user->db: find-user
            order->inventory: POST /reservations
              inventory serves POST /reservations
                inventory->db: reserve-stock
            order->db: add-order
            order->payment: POST /charges
              payment serves POST /charges
                payment->db: make-charge
            order->db: confirm-order
            order->inventory: POST /reservations/:order_id/commit
              inventory serves POST /reservations/:order_id/commit
                inventory->db: commit-hold"
    `);
    for (const { parentSpanId, startTimeUnixNano } of good) {
      const parent = good.find(({ spanId }) => spanId === parentSpanId);
      // Milliseconds of a wall clock, read by two processes.
      const earliest = (parent?.startTimeUnixNano ?? 0n) - 2_000_000n;
      expect(startTimeUnixNano).toBeGreaterThanOrEqual(earliest);
    }

    await world.run('breakers', 'force', 'order:payment', 'open');
    expect(await placeOrder(gateway, 'refused')).toBe(503);
    const refused = await collected(collector, 'refused', 14);
    expect(tree(refused, undefined).join('\n')).toMatchInlineSnapshot(`
      "gateway serves POST /api/orders
        gateway->order: POST /place-order
          order serves POST /place-order, breaker.rejected order->payment
            order->user: GET /users/:id
              user serves GET /users/:id
                user->db: find-user
            order->inventory: POST /reservations
              inventory serves POST /reservations
                inventory->db: reserve-stock
            order->db: add-order
            order->db: fail-order
            order->inventory: POST /reservations/:order_id/release
              inventory serves POST /reservations/:order_id/release
                inventory->db: release-hold"
    `);
    expect(refused.find(({ service, kind }) => service === 'order' && kind === server)).toMatchObject({
      status: { code: 2 },
      attributes: { 'http.response.status_code': 503 },
    });
  });
});
