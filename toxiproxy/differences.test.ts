// Where the embedded server does better than the real one on purpose: each line of the table in README.md.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { parseAddress } from './address.ts';
import { readObject, startEmbedded } from './testing/subject.ts';
import { Peer, startEcho, startUpstream, tryToDial } from './testing/tcp.ts';

test.each([
  [{ type: 'bandwidth', attributes: { rate: -1 } }, 'bandwidth: rate must not be negative, got -1'],
  [{ type: 'slicer' }, 'slicer: average_size must be at least 1 byte, got 0'],
  [
    { type: 'slicer', attributes: { average_size: 5, size_variation: 6 } },
    'slicer: size_variation must not exceed average_size, got 6 and 5',
  ],
])('what would crash the real server is refused: %j', async (toxic, error) => {
  await using subject = await startEmbedded();
  const proxy = await subject.createProxy('127.0.0.1:1');
  const reply = await subject.api.post(`${proxy.path}/toxics`, toxic);
  expect([reply.status, readObject(reply.text)]).toEqual([400, { error, status: 400 }]);
});

test('a failing toxic update changes nothing', async () => {
  await using subject = await startEmbedded();
  const proxy = await subject.createProxy('127.0.0.1:1');
  const toxic = await proxy.addToxic({ type: 'latency', attributes: { latency: 5 } });
  const before = await subject.api.get(toxic);
  const reply = await subject.api.post(toxic, { toxicity: 0.5, attributes: { latency: 7, jitter: 'x' } });
  expect(reply.status).toBe(400);
  expect((await subject.api.get(toxic)).text).toBe(before.text);
});

test('a proxy update to a port that is taken changes nothing and cuts no connection', async () => {
  await using subject = await startEmbedded();
  await using echo = await startEcho();
  const proxy = await subject.createProxy(echo.address);
  const before = await subject.api.get(proxy.path);
  using client = await proxy.dial();
  const reply = await subject.api.post(proxy.path, { listen: echo.address, upstream: '127.0.0.1:1' });
  expect(reply.status).toBe(500);
  expect((await subject.api.get(proxy.path)).text).toBe(before.text);
  client.send('alive');
  expect(await client.receive(5)).toBe('alive');
});

test('an update that overlaps its own port can still fail without harm', async () => {
  await using subject = await startEmbedded();
  await using echo = await startEcho();
  const proxy = await subject.createProxy(echo.address);
  const port = proxy.listen.split(':')[1];
  const reply = await subject.api.post(proxy.path, { listen: `203.0.113.7:${port}` });
  expect(readObject(reply.text).error).toBe(`listen tcp 203.0.113.7:${port}: bind: cannot assign requested address`);
  expect(await tryToDial(proxy.listen)).toBe('connected');
  expect((await subject.api.post(proxy.path, { listen: `0.0.0.0:${port}` })).status).toBe(200);
  expect(await tryToDial(proxy.listen)).toBe('connected');
});

test('0.0.0.0, no host and [::] are the same address: naming any of them cuts nothing', async () => {
  await using subject = await startEmbedded();
  await using echo = await startEcho();
  const proxy = await subject.createProxy(echo.address);
  await subject.api.post(proxy.path, { listen: '0.0.0.0:0' });
  const port = String(readObject((await subject.api.get(proxy.path)).text).listen)
    .split(':')
    .at(-1);
  using client = new Peer(connect({ host: '127.0.0.1', port: Number(port) }));
  client.send('1');
  await client.receive(1);
  for (const host of ['0.0.0.0', '', '[::]']) {
    await subject.api.post('/populate', [{ name: proxy.name, listen: `${host}:${port}`, upstream: echo.address }]);
  }
  client.send('2');
  expect(await client.receive(2)).toBe('12');
});

test('half-close works: the answer to a client that has sent its FIN arrives', async () => {
  await using subject = await startEmbedded();
  await using upstream = await startUpstream();
  const proxy = await subject.createProxy(upstream.address);
  using client = await proxy.dial();
  using server = await upstream.accept();
  client.socket.end('question');
  expect(await server.end()).toBe('FIN');
  await new Promise((resolve) => setTimeout(resolve, 30));
  server.socket.end('answer');
  expect([await client.end(), client.received.toString()]).toEqual(['FIN', 'answer']);
});

test('a client that is gone takes the server along even after a FIN', async () => {
  await using subject = await startEmbedded();
  await using upstream = await startUpstream();
  const proxy = await subject.createProxy(upstream.address);
  const client = await proxy.dial();
  using server = await upstream.accept();
  client.socket.end();
  await server.end();
  client.socket.destroy();
  const flood = setInterval(() => server.send(Buffer.alloc(100)), 5);
  await server.closed();
  clearInterval(flood);
});

test('reset_peer resets live connections too', async () => {
  await using subject = await startEmbedded();
  await using echo = await startEcho();
  const proxy = await subject.createProxy(echo.address);
  using client = await proxy.dial();
  client.send('1');
  await client.receive(1);
  await proxy.addToxic({ type: 'reset_peer' });
  client.send('2');
  expect(await client.end()).toBe('ECONNRESET');
});

test('reset_peer with toxicity 0 turns no close into a reset', async () => {
  await using subject = await startEmbedded();
  await using upstream = await startUpstream();
  const proxy = await subject.createProxy(upstream.address);
  await proxy.addToxic({ type: 'reset_peer', toxicity: 0 });
  using client = await proxy.dial();
  using server = await upstream.accept();
  client.socket.end('bye');
  expect([await server.end(), server.received.toString()]).toEqual(['FIN', 'bye']);
});

test('toxicity is drawn once per connection', async () => {
  const draws = [0.1, 0.9];
  await using subject = await startEmbedded(() => draws.shift() ?? 0.5);
  await using echo = await startEcho();
  const proxy = await subject.createProxy(echo.address);
  const toxic = await proxy.addToxic({ type: 'timeout', toxicity: 0.5 });
  using hit = await proxy.dial();
  await echo.accept();
  using spared = await proxy.dial();
  await echo.accept();
  for (let times = 0; times < 5; times += 1) await subject.api.patch(toxic, {});
  hit.send('lost');
  spared.send('fine');
  expect(await spared.receive(4)).toBe('fine');
  expect(hit.receivedBytes).toBe(0);
});

test('no call waits for a connection, however many are stuck', { timeout: 30_000 }, async () => {
  await using subject = await startEmbedded();
  await using upstream = await startUpstream();
  const proxy = await subject.createProxy(upstream.address);
  const toxics = [
    await proxy.addToxic({ type: 'reset_peer', name: 'wait', stream: 'upstream', attributes: { timeout: 60_000 } }),
    await proxy.addToxic({ type: 'bandwidth', name: 'block', attributes: { rate: 0 } }),
  ];
  const clients = await Promise.all(Array.from({ length: 200 }, () => proxy.dial()));
  for (const client of clients) {
    client.socket.pause();
    client.send('stuck');
    (await upstream.accept()).send(Buffer.alloc(100_000));
  }
  const start = performance.now();
  for (const toxic of toxics) await subject.api.patch(toxic, {});
  expect((await subject.api.get('/proxies')).status).toBe(200);
  for (const toxic of toxics) expect((await subject.api.delete(toxic)).status).toBe(204);
  expect((await subject.api.post('/reset')).status).toBe(204);
  expect((await subject.api.post(proxy.path, { enabled: false })).status).toBe(200);
  expect(performance.now() - start).toBeLessThan(5000);
  for (const { socket } of clients) socket.destroy();
});

/** Its event loop is blocked and its backlog short: after two connections the kernel leaves every SYN unanswered. */
async function startDeafUpstream(): Promise<Disposable & { readonly address: string }> {
  const script = `require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, function () {
    require('node:fs').writeSync(1, String(this.address().port));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 15_000);
    process.exit();
  })`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = await once(child.stdout, 'data');
  return { address: `127.0.0.1:${String(port)}`, [Symbol.dispose]: () => void child.kill('SIGKILL') };
}

test('an upstream that never answers holds up nobody else', async () => {
  await using subject = await startEmbedded();
  await using echo = await startEcho();
  using deaf = await startDeafUpstream();
  const proxy = await subject.createProxy(deaf.address);
  const stuck: Peer[] = [];
  for (let dialled = 0; dialled < 5; dialled += 1) {
    stuck.push(await proxy.dial());
    // A round trip through the same event loop: by then the proxy has accepted it.
    await subject.api.get('/version');
  }
  const start = performance.now();
  await subject.api.post(proxy.path, { upstream: echo.address });
  using client = await proxy.dial();
  client.send('x');
  await client.receive(1);
  await Promise.all(stuck.map((peer) => peer.end()));
  expect(performance.now() - start).toBeLessThan(2000);
});

test('closing the server closes everything', async () => {
  await using echo = await startEcho();
  const subject = await startEmbedded();
  const proxy = await subject.createProxy(echo.address);
  using client = await proxy.dial();
  client.send('1');
  await client.receive(1);
  await subject[Symbol.asyncDispose]();
  await client.end();
  expect(await tryToDial(proxy.listen)).toBe('ECONNREFUSED');
  expect(await tryToDial(`127.0.0.1:${parseAddress(new URL(subject.api.url).host).port}`)).toBe('ECONNREFUSED');
});
