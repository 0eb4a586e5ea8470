import { describe, expect, it } from 'vitest';
import type { LinkResult } from '../shared/link-result.ts';
import { aDoor } from '../testing/door.ts';
import { aLink, anAnswer, aProblem, refused, rejected, timedOut } from '../testing/fake-link.ts';
import { buildGatewayApp } from './app.ts';

function aGateway(result: LinkResult = anAnswer(200, {})) {
  const links = {
    user: aLink('gateway->user', result),
    order: aLink('gateway->order', result),
    inventory: aLink('gateway->inventory', result),
  };
  const app = buildGatewayApp({ door: aDoor('gateway'), ...links });
  const sent = () =>
    Object.values(links).flatMap(({ id, requests }) => requests.map(({ method, path }) => `${id} ${method} ${path}`));
  return { app, links, sent };
}

describe('gateway', () => {
  it.each([
    ['POST', '/api/users', 'gateway->user POST /register'],
    ['GET', '/api/users/1', 'gateway->user GET /users/1'],
    ['POST', '/api/orders', 'gateway->order POST /place-order'],
    ['GET', '/api/orders/a%2Fb', 'gateway->order GET /orders/a%2Fb'],
    ['GET', '/api/items/item1', 'gateway->inventory GET /items/item1'],
  ] as const)('routes %s %s', async (method, url, expected) => {
    const { app, sent } = aGateway();
    await app.inject({ method, url, ...(method === 'POST' ? { payload: {} } : {}) });
    expect(sent()).toEqual([expected]);
  });

  it('passes the body, the key, the arrival and the request id on', async () => {
    const { app, links } = aGateway(anAnswer(201, { order_id: 'o1' }));
    const response = await app.inject({
      method: 'POST',
      url: '/api/orders',
      headers: { 'idempotency-key': 'k', 'x-smartorders-arrival': 'checkout/7', 'x-request-id': 'r' },
      payload: { user_id: '1' },
    });
    expect(links.order.requests[0]).toMatchObject({
      body: { user_id: '1' },
      context: { key: 'k', arrival: 'checkout/7', requestId: 'r' },
    });
    expect([response.statusCode, response.json()]).toEqual([201, { order_id: 'o1' }]);
  });

  it('hands problems over as they came, Retry-After included', async () => {
    const { app } = aGateway(aProblem('dependency-rejected', { 'retry-after': '7' }));
    const response = await app.inject({ method: 'POST', url: '/api/orders', payload: {} });
    expect(response.json()).toMatchObject({ status: 503, code: 'dependency-rejected' });
    expect(response.headers).toMatchObject({
      'retry-after': '7',
      'content-type': 'application/problem+json; charset=utf-8',
    });
  });

  it.each([
    ['its own breaker refuses', rejected, 'dependency-rejected', '9'],
    ['its own call is refused', refused, 'dependency-failed', '1'],
    ['its own call times out', timedOut, 'dependency-failed', '1'],
  ])('answers 503 when %s', async (_name, result, code, retryAfter) => {
    const response = await aGateway(result).app.inject('/api/users/1');
    expect(response.json()).toMatchObject({ status: 503, code, link: 'gateway->user' });
    expect(response.headers['retry-after']).toBe(retryAfter);
  });
});
