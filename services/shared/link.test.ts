import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../contract/policy.ts';
import { aRecorder } from '../testing/recorder.ts';
import { createHttpClient, loadHttpClient } from './http-client.ts';
import { createHttpLink } from './link.ts';
import { monotonicMs } from './monotonic.ts';
import { problemOf } from './problem.ts';

const defaultPolicy: Policy = {
  timeoutMs: 1_000,
  breaker: { rule: 'consecutive', failureThreshold: 3, openForMs: 10_000 },
};

async function listening(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return address.port;
}

async function aCallee(answer: RequestListener, policy: Policy = defaultPolicy) {
  // Else the first call's timeout counts the loading as well.
  await loadHttpClient();
  const server = createServer(answer);
  const port = await listening(server);
  const recorder = aRecorder();
  let attempts = 0;
  const link = createHttpLink({
    id: 'order->payment',
    policy,
    client: createHttpClient(`http://127.0.0.1:${port}`),
    emit: recorder.emit,
    now: monotonicMs,
    nextAttempt: () => {
      attempts += 1;
      return `boot-${attempts}`;
    },
  });
  return {
    link,
    server,
    recorder,
    call: () => link.call({ method: 'POST', route: '/charges', body: { amount_cents: 1 } }),
    [Symbol.asyncDispose]: async () => {
      await link.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

const json = (status: number, body: unknown): RequestListener => {
  return (_request, response) => response.writeHead(status).end(JSON.stringify(body));
};

describe('link', () => {
  it('carries who asks, which attempt it is and what it belongs to', async () => {
    const seen: Record<string, unknown>[] = [];
    await using callee = await aCallee((request, response) => {
      seen.push({ method: request.method, url: request.url, ...request.headers });
      response.end('{}');
    });
    await callee.link.call({
      method: 'GET',
      route: '/charges/:key',
      path: '/charges/1',
      context: { requestId: 'r1', key: 'run-checkout-7', arrival: 'checkout/7' },
    });
    expect(seen).toMatchObject([
      {
        method: 'GET',
        url: '/charges/1',
        'x-request-id': 'r1',
        'idempotency-key': 'run-checkout-7',
        'x-smartorders-arrival': 'checkout/7',
        'x-smartorders-attempt': 'boot-1',
        'x-smartorders-link': 'order->payment',
        'x-smartorders-generation': '0',
      },
    ]);
    expect(callee.recorder.of('call')).toMatchObject([
      { operation: 'GET /charges/:key', key: 'run-checkout-7', attempt: 'boot-1', outcome: 'success', status: 200 },
    ]);
  });

  it('aborts the socket when its time is over', async () => {
    const closed = Promise.withResolvers<void>();
    await using callee = await aCallee((request) => request.socket.on('close', () => closed.resolve()), {
      ...defaultPolicy,
      timeoutMs: 40,
    });
    expect(await callee.call()).toMatchObject({ kind: 'failed', failure: 'timeout' });
    await closed.promise;
    const [event] = callee.recorder.of('call');
    expect(event).toMatchObject({ outcome: 'failure', failure: 'timeout', admitted: true });
    expect((event?.end ?? 0) - (event?.start ?? 0)).toBeGreaterThan(35);
  });

  it('counts reading the body into the same timeout', async () => {
    await using callee = await aCallee(
      (_request, response) => {
        response.writeHead(200).write('{"half":');
      },
      { ...defaultPolicy, timeoutMs: 40 },
    );
    expect(await callee.call()).toMatchObject({ kind: 'failed', failure: 'timeout' });
  });

  it('names a reset and a closed connection', async () => {
    const endings: readonly RequestListener[] = [
      ({ socket }) => socket.resetAndDestroy(),
      ({ socket }) => socket.destroy(),
    ];
    const failures: unknown[] = [];
    for (const ending of endings) {
      await using callee = await aCallee(ending);
      await callee.call();
      failures.push(callee.recorder.of('call')[0]?.failure);
    }
    expect(failures).toEqual(['reset', 'closed']);
  });

  it('names a refused connection and opens after the third', async () => {
    await using callee = await aCallee(json(200, {}));
    callee.server.close();
    await once(callee.server, 'close');
    for (let n = 0; n < 3; n += 1) expect(await callee.call()).toMatchObject({ kind: 'failed', failure: 'refused' });
    expect(await callee.call()).toMatchObject({ kind: 'rejected' });
    expect(
      callee.recorder.events.map((event) => `${event.type} ${event.type === 'call' ? event.outcome : ''}`),
    ).toEqual(['call failure', 'call failure', 'call failure', 'breaker ', 'call rejected']);
    expect(callee.recorder.of('call').at(-1)).toMatchObject({ admitted: false, state: 'open', generation: 1 });
    expect(callee.recorder.of('breaker')).toMatchObject([{ cause: 'threshold', error: 'refused' }]);
  });

  it.each([
    ['402', 402, problemOf('payment-declined')],
    ['404', 404, problemOf('not-found')],
    ['409', 409, problemOf('out-of-stock')],
    ['503 dependency-rejected', 503, problemOf('dependency-rejected')],
    ['503 dependency-failed', 503, problemOf('dependency-failed')],
  ])('counts a %s as a success', async (_name, status, body) => {
    await using callee = await aCallee(json(status, body));
    expect(await callee.call()).toMatchObject({ kind: 'answer', status });
    expect(callee.recorder.of('call')).toMatchObject([{ outcome: 'success', status }]);
  });

  it.each([
    ['500', 500, {}],
    ['plain 503', 503, problemOf('unavailable')],
    ['503 that is no JSON', 503, 'busy'],
  ])('counts a %s as a failure, and still hands it over', async (_name, status, body) => {
    await using callee = await aCallee(json(status, body));
    expect(await callee.call()).toMatchObject({ kind: 'answer', status });
    expect(callee.recorder.of('call')).toMatchObject([{ outcome: 'failure', failure: 'status', status }]);
    expect(callee.link.view().streak).toBe(1);
  });

  it('counts a call that its caller gave up as nothing', async () => {
    const arrived = Promise.withResolvers<void>();
    await using callee = await aCallee(() => arrived.resolve());
    const caller = new AbortController();
    const result = callee.link.call({ method: 'GET', route: '/', signal: caller.signal });
    await arrived.promise;
    caller.abort();
    expect(await result).toEqual({ kind: 'cancelled' });
    expect(callee.link.view().streak).toBe(0);
    expect(callee.recorder.of('call')).toMatchObject([{ outcome: 'cancelled' }]);
  });

  it('does not let a caller give up a probe', async () => {
    let isUp = false;
    const policy: Policy = {
      timeoutMs: 30,
      breaker: { rule: 'consecutive', failureThreshold: 1, openForMs: 40 },
    };
    await using callee = await aCallee((_request, response) => {
      response.writeHead(isUp ? 200 : 500).end('{}');
    }, policy);
    await callee.call();
    isUp = true;
    await expect.poll(() => callee.link.view().state, { interval: 5 }).toBe('halfOpen');
    await callee.link.call({ method: 'GET', route: '/', signal: AbortSignal.abort() });
    expect(callee.link.view()).toMatchObject({ state: 'closed', generation: 3 });
  });

  it('shows and tells what its rate rule has in view', async () => {
    await using callee = await aCallee(json(500, {}), {
      timeoutMs: 1_000,
      breaker: { rule: 'rate', windowMs: 60_000, minimum: 3, percent: 50, openForMs: 10_000 },
    });
    await callee.call();
    expect(callee.link.view()).toMatchObject({ state: 'closed', window: { calls: 1, failures: 1 } });
    await callee.call();
    await callee.call();
    expect(callee.recorder.of('breaker')).toMatchObject([
      { cause: 'threshold', window: { calls: 3, failures: 3 }, error: 'status 500' },
    ]);
  });

  it('takes another policy, tells the one before and closes', async () => {
    await using callee = await aCallee(json(500, {}));
    for (let n = 0; n < 3; n += 1) await callee.call();
    expect(callee.link.adopt({ timeoutMs: 500, breaker: null })).toEqual(defaultPolicy);
    expect(callee.link.view()).toMatchObject({ state: 'off', generation: 2, policy: { timeoutMs: 500 } });
    expect(callee.recorder.of('breaker').at(-1)).toMatchObject({ to: 'closed', cause: 'manual' });
  });
});
