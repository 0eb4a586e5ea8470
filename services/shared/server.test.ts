import { describe, expect, it } from 'vitest';
import { problemSchema } from '../contract/problem.ts';
import { aDoor, adminToken, asAdmin } from '../testing/door.ts';
import { aRecorder } from '../testing/recorder.ts';
import { createHttpLink } from './link.ts';
import { buildServer } from './server.ts';
import type { StallWatch } from './stalls.ts';

interface Aim {
  readonly isReady?: boolean;
  readonly declinableRoute?: string;
  readonly stalls?: StallWatch;
}

function aServer({ isReady = true, declinableRoute, stalls = { start: () => {}, stop: () => {} } }: Aim = {}) {
  const recorder = aRecorder();
  const link = createHttpLink({
    id: 'order->payment',
    policy: { timeoutMs: 1_000, breaker: { rule: 'consecutive', failureThreshold: 3, openForMs: 10_000 } },
    client: { send: async () => Promise.reject(new Error('no network here')), close: async () => {} },
    emit: recorder.emit,
    now: () => 0,
    nextAttempt: () => 'boot-1',
  });
  const logged: unknown[] = [];
  const log = { info: () => {}, warn: () => {}, error: (...line: readonly unknown[]) => logged.push(line) };
  const door = aDoor('order', { links: [link], isReady: async () => isReady, log, stalls });
  const app = buildServer({
    door,
    about: 'a service under test',
    ...(declinableRoute === undefined ? {} : { declinableRoute }),
    routes: (scope) => {
      scope.get('/things/:id', async () => ({ fine: true }));
      scope.post('/things', async () => ({ fine: true }));
      scope.get('/broken', async () => {
        throw new Error('a bug, with a secret in it');
      });
    },
  });
  const setFailpoint = (id: string, payload: Record<string, unknown>) =>
    app.inject({ method: 'PUT', url: `/admin/failpoints/${encodeURIComponent(id)}`, headers: asAdmin, payload });
  return { app, door, link, logged, setFailpoint };
}

describe('server', () => {
  it('says what it is and where to look', async () => {
    const { app } = aServer();
    expect((await app.inject('/')).json()).toEqual({
      service: 'order',
      about: 'a service under test',
      routes: ['GET /things/:id', 'POST /things', 'GET /broken'],
      links: { health: '/health', ready: '/ready', breakers: '/breakers', metrics: '/metrics' },
    });
  });

  it('is live before it is ready', async () => {
    const { app, logged } = aServer({ isReady: false });
    expect((await app.inject('/health')).statusCode).toBe(200);
    const ready = await app.inject('/ready');
    expect([ready.statusCode, ready.json().code]).toEqual([503, 'unavailable']);
    expect(logged).toEqual([]);
  });

  it.each([
    ['an unknown route', { method: 'GET', url: '/nowhere' }, 404, 'not-found'],
    [
      'a body that is no JSON',
      { method: 'POST', url: '/things', payload: '{', headers: { 'content-type': 'application/json' } },
      400,
      'invalid-request',
    ],
    [
      'a body of another type',
      { method: 'POST', url: '/things', payload: '<a/>', headers: { 'content-type': 'text/xml' } },
      415,
      'invalid-request',
    ],
    ['an admin route without the token', { method: 'GET', url: '/admin/clock' }, 401, 'unauthorized'],
    [
      'an admin route with another token',
      { method: 'GET', url: '/admin/clock', headers: { authorization: 'Bearer no' } },
      401,
      'unauthorized',
    ],
    ['a bug', { method: 'GET', url: '/broken' }, 500, 'internal'],
  ] as const)('answers %s with problem+json', async (_name, request, status, code) => {
    const { app } = aServer();
    const response = await app.inject({ ...request });
    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect(problemSchema.parse(response.json())).toMatchObject({ status, code });
    expect(response.body).not.toContain('secret');
  });

  it('logs the first error of a kind only', async () => {
    const { app, logged } = aServer();
    await app.inject('/broken');
    await app.inject('/broken');
    expect(logged).toHaveLength(1);
  });

  it('keeps the request id of the caller, or makes one', async () => {
    const { app } = aServer();
    const given = await app.inject({ url: '/things/1', headers: { 'x-request-id': 'mine' } });
    expect(given.headers['x-request-id']).toBe('mine');
    expect((await app.inject('/things/1')).headers['x-request-id']).toBe('request-1');
  });

  it('tells an arrival before a failpoint answers, and only for calls over a link', async () => {
    const { app, door, setFailpoint } = aServer();
    const types: unknown[] = [];
    door.events.subscribe((batch) => types.push(...batch.map(({ type }) => type)));
    await setFailpoint('outage/0', { type: 'httpError', status: 503, ttlMs: 5_000, seed: 1 });
    const headers = {
      'x-smartorders-link': 'gateway->order',
      'x-smartorders-attempt': 'a-1',
      'x-smartorders-generation': '4',
    };
    const hit = await app.inject({ url: '/things/1', headers });
    await app.inject('/things/1');
    door.events.clock();
    expect([hit.statusCode, hit.json().code]).toEqual([503, 'injected-fault']);
    expect(types).toEqual(['arrival', 'fault.observed', 'fault.observed']);
  });

  it('never hits its own health, breaker and admin routes', async () => {
    const { app, setFailpoint } = aServer();
    await setFailpoint('outage/0', { type: 'httpError', status: 503, ttlMs: 5_000, seed: 1 });
    for (const url of ['/', '/health', '/ready', '/breakers', '/admin/clock']) {
      expect((await app.inject({ url, headers: asAdmin })).statusCode, url).toBe(200);
    }
  });

  it('lists and removes failpoints whose id has a slash', async () => {
    const { app, setFailpoint } = aServer();
    expect((await setFailpoint('outage/0', { type: 'httpDelay', delayMs: 5, ttlMs: 5_000, seed: 1 })).statusCode).toBe(
      204,
    );
    expect((await app.inject({ url: '/admin/failpoints', headers: asAdmin })).json()).toEqual([
      { id: 'outage/0', type: 'httpDelay', delayMs: 5, ttlMs: 5_000, seed: 1, probability: 1, hits: 0 },
    ]);
    await app.inject({ method: 'DELETE', url: '/admin/failpoints/outage%2F0', headers: asAdmin });
    expect((await app.inject({ url: '/admin/failpoints', headers: asAdmin })).json()).toEqual([]);
  });

  it.each([
    ['a route that it has not', { type: 'httpError', status: 503, route: 'GET /nothing' }],
    ['a decline where nothing declines', { type: 'decline' }],
    ['an unknown type', { type: 'flood' }],
    ['a count below none', { type: 'httpError', status: 503, skipFirst: -1 }],
    ['no failure to give', { type: 'httpError', status: 503, failCount: 0 }],
  ])('refuses a failpoint with %s', async (_name, failpoint) => {
    const { setFailpoint } = aServer();
    const response = await setFailpoint('f', { ttlMs: 5_000, seed: 1, ...failpoint });
    expect([response.statusCode, response.json().code]).toEqual([400, 'invalid-request']);
  });

  it('aims a decline at the one route that can decline', async () => {
    const { app, setFailpoint } = aServer({ declinableRoute: 'POST /things' });
    await setFailpoint('f', { type: 'decline', ttlMs: 5_000, seed: 1 });
    expect((await app.inject({ method: 'POST', url: '/things', payload: {} })).statusCode).toBe(402);
    expect((await app.inject('/things/1')).statusCode).toBe(200);
  });

  it('changes policies, tells those before and lets links of other services pass', async () => {
    const { app, link } = aServer();
    const before = link.policy();
    const wanted = { timeoutMs: 500, breaker: { rule: 'consecutive', failureThreshold: 2, openForMs: 2_000 } };
    const put = (links: Record<string, unknown>) =>
      app.inject({ method: 'PUT', url: '/admin/policies', headers: asAdmin, payload: { links } });
    const response = await put({ 'order->payment': wanted, 'gateway->user': wanted });
    expect(response.json()).toEqual({ links: { 'order->payment': before } });
    expect((await app.inject('/breakers')).json()).toMatchObject({
      service: 'order',
      breakers: [{ link: 'order->payment', policy: wanted, state: 'closed', streak: 0, generation: 0 }],
    });
    expect((await put({ 'order->moon': wanted })).statusCode).toBe(400);
    expect((await put({ 'order->payment': { ...wanted, timeoutMs: 2_000 } })).statusCode).toBe(400);
  });

  it('watches for stalls while somebody reads the events', async () => {
    const told: string[] = [];
    const ended = Promise.withResolvers<void>();
    const stop = (): void => {
      told.push('stop');
      ended.resolve();
    };
    const { app } = aServer({ stalls: { start: () => void told.push('start'), stop } });
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    const leaving = new AbortController();
    const headers = { authorization: `Bearer ${adminToken}` };
    await fetch(`${url}/admin/events`, { headers, signal: leaving.signal });
    expect(told).toEqual(['start']);

    leaving.abort();
    await ended.promise;
    expect(told).toEqual(['start', 'stop']);
    await app.close();
  });

  it('forces a breaker, shows it, and lets it go', async () => {
    const { app } = aServer();
    const ask = (method: 'PUT' | 'DELETE', link: string, state?: string) =>
      app.inject({
        method,
        url: `/admin/breakers/${encodeURIComponent(link)}`,
        headers: asAdmin,
        ...(state === undefined ? {} : { payload: { state } }),
      });
    const shown = async () => (await app.inject('/breakers')).json().breakers[0];
    expect((await ask('PUT', 'order->payment', 'open')).statusCode).toBe(204);
    expect(await shown()).toMatchObject({ state: 'open', forced: 'open', generation: 1 });
    expect((await ask('DELETE', 'order->payment')).statusCode).toBe(204);
    expect(await shown()).toMatchObject({ state: 'closed', generation: 2 });
    expect(await shown()).not.toHaveProperty('forced');
    expect((await ask('PUT', 'order->payment', 'shut')).statusCode).toBe(400);
    expect((await ask('PUT', 'gateway->user', 'open')).json().detail).toBe(
      'order is no caller on a link gateway->user',
    );
    const off = { 'order->payment': { timeoutMs: 500, breaker: null } };
    await app.inject({ method: 'PUT', url: '/admin/policies', headers: asAdmin, payload: { links: off } });
    expect((await ask('PUT', 'order->payment', 'open')).json().detail).toBe(
      'order->payment has no breaker that could be forced',
    );
    expect((await ask('DELETE', 'order->payment')).statusCode).toBe(204);
  });

  it('streams events, first a hello, and ends the stream when it closes', async () => {
    const { app, door } = aServer();
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    door.events.emit({ type: 'fault.observed', fault: 'old/0', operation: 'GET /' });
    const response = await fetch(`${url}/admin/events`, {
      headers: { authorization: `Bearer ${adminToken}`, 'last-event-id': '0' },
    });
    const text = response.text();
    door.events.emit({ type: 'fault.observed', fault: 'new/0', operation: 'GET /' });
    await app.close();
    const lines = (await text).split('\n').filter((line) => !line.startsWith('data:'));
    expect(lines.filter((line) => line !== '')).toEqual([
      'event: hello',
      'id: 1',
      'event: events',
      'id: 2',
      'event: events',
    ]);
    expect(await text).toMatch(/data: \{"src":"order\/test","now":[\d.]+,"seq":1\}/);
  });
});
