// Each toxic on real sockets: on connections opened after it and on live ones, its changes and its removal.
// Lower bounds are hard, upper bounds generous: the machine may be busy.
import { expect, test } from 'vitest';
import { startSubject } from '../testing/subject.ts';
import { startEcho, startUpstream } from '../testing/tcp.ts';

const generousMs = 2000;
const toxicStreams = ['upstream', 'downstream'] as const;

const elapsedSince = (start: number): number => performance.now() - start;

test.each(toxicStreams)(
  'latency delays %s data on a new and on a live connection, and not once removed',
  async (stream) => {
    await using subject = await startSubject();
    await using echo = await startEcho();
    const proxy = await subject.createProxy(echo.address);
    using live = await proxy.dial();
    live.send('1');
    await live.receive(1);
    const toxic = await proxy.addToxic({ type: 'latency', stream, attributes: { latency: 100 } });
    using fresh = await proxy.dial();
    for (const client of [live, fresh]) {
      const before = client.receivedBytes;
      const start = performance.now();
      client.send('2');
      await client.receive(before + 1);
      expect(elapsedSince(start)).toBeGreaterThanOrEqual(100);
      expect(elapsedSince(start)).toBeLessThan(generousMs);
    }
    await subject.api.delete(toxic);
    const start = performance.now();
    fresh.send('3');
    await fresh.receive(2);
    expect(elapsedSince(start)).toBeLessThan(100);
  },
);

test('latency in both directions adds up', async () => {
  await using subject = await startSubject();
  await using echo = await startEcho();
  const proxy = await subject.createProxy(echo.address);
  for (const stream of toxicStreams) await proxy.addToxic({ type: 'latency', stream, attributes: { latency: 60 } });
  using client = await proxy.dial();
  const start = performance.now();
  client.send('x');
  await client.receive(1);
  expect(elapsedSince(start)).toBeGreaterThanOrEqual(120);
});

test('latency does not limit throughput', async () => {
  await using subject = await startSubject();
  await using echo = await startEcho();
  const proxy = await subject.createProxy(echo.address);
  await proxy.addToxic({ type: 'latency', attributes: { latency: 100 } });
  using client = await proxy.dial();
  const start = performance.now();
  client.send(Buffer.alloc(2_000_000));
  await client.receive(2_000_000);
  expect(elapsedSince(start)).toBeGreaterThanOrEqual(100);
  expect(elapsedSince(start)).toBeLessThan(generousMs);
});

test('removing a latency releases what it holds at once, in order', async () => {
  await using subject = await startSubject();
  await using upstream = await startUpstream();
  const proxy = await subject.createProxy(upstream.address);
  const toxic = await proxy.addToxic({ type: 'latency', stream: 'upstream', attributes: { latency: 60_000 } });
  using client = await proxy.dial();
  using server = await upstream.accept();
  for (const text of ['a', 'b', 'c', 'd']) client.send(text);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(server.receivedBytes).toBe(0);
  const start = performance.now();
  await subject.api.delete(toxic);
  expect(await server.receive(4)).toBe('abcd');
  expect(elapsedSince(start)).toBeLessThan(generousMs);
});

test.each(toxicStreams)('bandwidth limits %s data', async (stream) => {
  await using subject = await startSubject();
  await using echo = await startEcho();
  const proxy = await subject.createProxy(echo.address);
  await proxy.addToxic({ type: 'bandwidth', stream, attributes: { rate: 200 } });
  using client = await proxy.dial();
  const start = performance.now();
  client.send(Buffer.alloc(50_000));
  await client.receive(50_000);
  expect(elapsedSince(start)).toBeGreaterThanOrEqual(249);
  expect(elapsedSince(start)).toBeLessThan(generousMs);
});

test('bandwidth 0 cuts a live connection without losing anything', async () => {
  await using subject = await startSubject();
  await using echo = await startEcho();
  const proxy = await subject.createProxy(echo.address);
  using client = await proxy.dial();
  client.send('before');
  await client.receive(6);
  const toxics: string[] = [];
  for (const stream of toxicStreams)
    toxics.push(await proxy.addToxic({ type: 'bandwidth', stream, attributes: { rate: 0 } }));
  client.send(' during');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(client.received.toString()).toBe('before');
  for (const toxic of toxics) await subject.api.delete(toxic);
  expect(await client.receive(13)).toBe('before during');
});

test("slow_close delays the server's close and not its data", async () => {
  await using subject = await startSubject();
  await using upstream = await startUpstream();
  const proxy = await subject.createProxy(upstream.address);
  await proxy.addToxic({ type: 'slow_close', attributes: { delay: 150 } });
  using client = await proxy.dial();
  const server = await upstream.accept();
  const start = performance.now();
  server.socket.end('bye');
  await client.receive(3);
  const dataMs = elapsedSince(start);
  expect(await client.end()).toBe('FIN');
  expect(elapsedSince(start)).toBeGreaterThanOrEqual(150);
  expect(dataMs).toBeLessThan(elapsedSince(start));
});

test('timeout discards data and closes both sides, on a new connection and on a live one', async () => {
  await using subject = await startSubject();
  await using upstream = await startUpstream();
  const proxy = await subject.createProxy(upstream.address);
  using live = await proxy.dial();
  using liveServer = await upstream.accept();
  await proxy.addToxic({ type: 'timeout', stream: 'upstream', attributes: { timeout: 100 } });
  const start = performance.now();
  using fresh = await proxy.dial();
  using freshServer = await upstream.accept();
  fresh.send('lost');
  expect(await Promise.all([live.end(), liveServer.end(), fresh.end(), freshServer.end()])).toEqual(
    Array(4).fill('FIN'),
  );
  expect(elapsedSince(start)).toBeGreaterThanOrEqual(95);
  expect(freshServer.receivedBytes).toBe(0);
});

test('timeout 0 swallows data, lets the other direction flow, and its removal closes the connection', async () => {
  await using subject = await startSubject();
  await using upstream = await startUpstream();
  const proxy = await subject.createProxy(upstream.address);
  const toxic = await proxy.addToxic({ type: 'timeout', stream: 'upstream' });
  using client = await proxy.dial();
  using server = await upstream.accept();
  client.send('lost');
  server.send('flows');
  expect(await client.receive(5)).toBe('flows');
  await subject.api.delete(toxic);
  expect([await client.end(), await server.end(), server.receivedBytes]).toEqual(['FIN', 'FIN', 0]);
});

test('reset_peer swallows the request and resets both sides', async () => {
  await using subject = await startSubject();
  await using upstream = await startUpstream();
  const proxy = await subject.createProxy(upstream.address);
  await proxy.addToxic({ type: 'reset_peer', stream: 'upstream', attributes: { timeout: 50 } });
  using client = await proxy.dial();
  using server = await upstream.accept();
  const start = performance.now();
  client.send('request');
  expect([await client.end(), await server.end(), server.receivedBytes]).toEqual(['ECONNRESET', 'ECONNRESET', 0]);
  expect(elapsedSince(start)).toBeGreaterThanOrEqual(50);
});

test('reset_peer downstream lets the request through and swallows the answer', async () => {
  await using subject = await startSubject();
  await using upstream = await startUpstream(({ socket }) => socket.once('data', () => socket.write('answer')));
  const proxy = await subject.createProxy(upstream.address);
  await proxy.addToxic({ type: 'reset_peer' });
  using client = await proxy.dial();
  client.send('request');
  expect([await client.end(), client.receivedBytes]).toEqual(['ECONNRESET', 0]);
  expect((await upstream.accept()).received.toString()).toBe('request');
});

test('slicer cuts data into pieces that arrive apart', async () => {
  await using subject = await startSubject();
  await using echo = await startEcho();
  const proxy = await subject.createProxy(echo.address);
  const attributes = { average_size: 100, size_variation: 40, delay: 5000 };
  await proxy.addToxic({ type: 'slicer', attributes });
  using client = await proxy.dial();
  const start = performance.now();
  client.send('x'.repeat(1000));
  expect(await client.receive(1000)).toBe('x'.repeat(1000));
  // 1000 bytes in pieces of at most 140: at least 8, so 7 pauses.
  expect(elapsedSince(start)).toBeGreaterThanOrEqual(35);
  expect(client.arrivals.length).toBeGreaterThan(1);
});

test('limit_data passes exactly that much, then closes both sides', async () => {
  await using subject = await startSubject();
  await using upstream = await startUpstream(({ socket }) => socket.write('0123456789'));
  const proxy = await subject.createProxy(upstream.address);
  await proxy.addToxic({ type: 'limit_data', attributes: { bytes: 4 } });
  using client = await proxy.dial();
  using server = await upstream.accept();
  expect([await client.end(), client.received.toString()]).toEqual(['FIN', '0123']);
  await server.end();
});

test('limit_data starts to count on a live connection when it is added', async () => {
  await using subject = await startSubject();
  await using echo = await startEcho();
  const proxy = await subject.createProxy(echo.address);
  using client = await proxy.dial();
  client.send('before');
  await client.receive(6);
  await proxy.addToxic({ type: 'limit_data', attributes: { bytes: 2 } });
  client.send('after');
  await client.end();
  expect(client.received.toString()).toBe('beforeaf');
});

test('toxicity 0 touches nobody', async () => {
  await using subject = await startSubject();
  await using echo = await startEcho();
  const proxy = await subject.createProxy(echo.address);
  for (const type of ['timeout', 'limit_data']) await proxy.addToxic({ type, toxicity: 0 });
  using client = await proxy.dial();
  client.send('fine');
  expect(await client.receive(4)).toBe('fine');
});

test('toxics of one stream work in the order of creation', async () => {
  await using subject = await startSubject();
  await using echo = await startEcho();
  const proxy = await subject.createProxy(echo.address);
  await proxy.addToxic({ type: 'latency', name: 'a', attributes: { latency: 50 } });
  await proxy.addToxic({ type: 'limit_data', attributes: { bytes: 3 } });
  await proxy.addToxic({ type: 'latency', name: 'b', attributes: { latency: 50 } });
  using client = await proxy.dial();
  const start = performance.now();
  client.send('abcdef');
  await client.end();
  expect(client.received.toString()).toBe('abc');
  expect(elapsedSince(start)).toBeGreaterThanOrEqual(100);
});

test('an update changes live connections', async () => {
  await using subject = await startSubject();
  await using echo = await startEcho();
  const proxy = await subject.createProxy(echo.address);
  const toxic = await proxy.addToxic({ type: 'latency', attributes: { latency: 60_000 } });
  using client = await proxy.dial();
  await subject.api.post(toxic, { attributes: { latency: 80 } });
  const start = performance.now();
  client.send('x');
  await client.receive(1);
  expect(elapsedSince(start)).toBeGreaterThanOrEqual(80);
  expect(elapsedSince(start)).toBeLessThan(generousMs);
});

test('/reset releases live connections, and closes those under a timeout', async () => {
  await using subject = await startSubject();
  await using echo = await startEcho();
  const slow = await subject.createProxy(echo.address);
  const dead = await subject.createProxy(echo.address);
  await slow.addToxic({ type: 'latency', attributes: { latency: 60_000 } });
  await dead.addToxic({ type: 'timeout' });
  using slowClient = await slow.dial();
  using deadClient = await dead.dial();
  slowClient.send('held');
  deadClient.send('lost');
  await new Promise((resolve) => setTimeout(resolve, 20));
  await subject.api.post('/reset');
  expect(await slowClient.receive(4)).toBe('held');
  expect([await deadClient.end(), deadClient.receivedBytes]).toEqual(['FIN', 0]);
});
