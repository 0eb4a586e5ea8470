// What happens to connections: data both ways, closes, live changes. Both servers have all of this in common.
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { startSubject } from '../testing/subject.ts';
import { dial, startEcho, startUpstream } from '../testing/tcp.ts';

test('carries data both ways, byte for byte', async () => {
  await using subject = await startSubject();
  await using echo = await startEcho();
  const proxy = await subject.createProxy(echo.address);
  using client = await proxy.dial();
  const content = randomBytes(3_000_000);
  client.send(content);
  await client.receive(content.length);
  expect(client.received.equals(content)).toBe(true);
});

test('a refused upstream is an accepted connection that ends at once without data', async () => {
  await using subject = await startSubject();
  const upstream = await startUpstream();
  await upstream[Symbol.asyncDispose]();
  const proxy = await subject.createProxy(upstream.address);
  using client = await proxy.dial();
  expect(await client.end()).toBe('FIN');
  expect(client.receivedBytes).toBe(0);
});

test('an upstream that is no address ends the connection too', async () => {
  await using subject = await startSubject();
  const proxy = await subject.createProxy('nonsense');
  using client = await proxy.dial();
  expect(await client.end()).toBe('FIN');
});

test("the server's close arrives behind its data", async () => {
  await using subject = await startSubject();
  await using upstream = await startUpstream(({ socket }) => socket.end('bye'));
  const proxy = await subject.createProxy(upstream.address);
  using client = await proxy.dial();
  expect([await client.end(), client.received.toString()]).toEqual(['FIN', 'bye']);
});

test("a client's reset reaches the server as the end of the stream", async () => {
  await using subject = await startSubject();
  await using upstream = await startUpstream();
  const proxy = await subject.createProxy(upstream.address);
  const client = await proxy.dial();
  const server = await upstream.accept();
  client.send('x');
  await server.receive(1);
  client.socket.resetAndDestroy();
  expect(await server.end()).toBe('FIN');
});

test.each([
  ['disabling', 'POST', { enabled: false }],
  ['another upstream', 'POST', { upstream: '127.0.0.1:1' }],
  ['deleting', 'DELETE', undefined],
])('%s closes both sides of live connections', async (_, method, body) => {
  await using subject = await startSubject();
  await using upstream = await startUpstream();
  const proxy = await subject.createProxy(upstream.address);
  using client = await proxy.dial();
  using server = await upstream.accept();
  expect((await subject.api.call(method, proxy.path, body)).status).toBeLessThan(300);
  expect([await client.end(), await server.end()]).toEqual(['FIN', 'FIN']);
});

test('an update that changes nothing leaves live connections alone', async () => {
  await using subject = await startSubject();
  await using echo = await startEcho();
  const proxy = await subject.createProxy(echo.address);
  using client = await proxy.dial();
  const port = proxy.listen.split(':')[1];
  await subject.api.post(proxy.path, { listen: `localhost:${port}`, upstream: echo.address, enabled: true });
  await subject.api.post('/populate', [{ name: proxy.name, listen: proxy.listen, upstream: echo.address }]);
  client.send('still here');
  expect(await client.receive(10)).toBe('still here');
});

test('a reader that stops holds the writer back', async () => {
  await using subject = await startSubject();
  await using upstream = await startUpstream();
  const proxy = await subject.createProxy(upstream.address);
  using client = await proxy.dial();
  using server = await upstream.accept();
  client.socket.pause();
  const size = 64_000_000;
  server.send(Buffer.alloc(size));
  // Kernel buffers swallow some MB; a proxy without backpressure would take everything within these waits.
  let left = server.socket.writableLength;
  for (let unchanged = 0; unchanged < 5; unchanged += 1) {
    await new Promise((resolve) => setTimeout(resolve, 40));
    if (server.socket.writableLength !== left) unchanged = 0;
    left = server.socket.writableLength;
  }
  expect(left).toBeGreaterThan(0);
  client.socket.resume();
  await client.receive(size);
});

test('connections to an address written as localhost arrive', async () => {
  await using subject = await startSubject();
  await using echo = await startEcho();
  const proxy = await subject.createProxy(`localhost:${echo.address.split(':')[1]}`);
  using client = await dial(proxy.listen);
  client.send('hi');
  expect(await client.receive(2)).toBe('hi');
});
