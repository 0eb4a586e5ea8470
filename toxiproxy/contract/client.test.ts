// The API as toxiproxy-node-client uses it.
import { expect, test } from 'vitest';
import { startSubject, uniqueName } from '../testing/subject.ts';

const anUpstream = '127.0.0.1:1';

test('creates, reads, updates and removes a proxy', async () => {
  await using subject = await startSubject();
  const name = uniqueName();
  const proxy = await subject.client.createProxy({ name, listen: '127.0.0.1:0', upstream: anUpstream });
  expect((await subject.client.get(name)).listen).toBe(proxy.listen);
  const updated = await proxy.update({ enabled: false, listen: proxy.listen, upstream: anUpstream });
  expect(updated.enabled).toBe(false);
  expect(Object.keys(await subject.client.getAll())).toContain(name);
  await proxy.remove();
  await expect(subject.client.get(name)).rejects.toThrow('404');
});

test('adds, reads, updates and removes each toxic it can set', async () => {
  await using subject = await startSubject();
  const { name } = await subject.createProxy(anUpstream);
  const proxy = await subject.client.get(name);
  const toxics = [
    ['latency', { latency: 10, jitter: 1 }, { latency: 20, jitter: 2 }],
    ['bandwidth', { rate: 10 }, { rate: 20 }],
    ['slow_close', { delay: 10 }, { delay: 20 }],
    ['timeout', { timeout: 10 }, { timeout: 20 }],
    ['reset_peer', { timeout: 10 }, { timeout: 20 }],
    ['slicer', { average_size: 10, size_variation: 1, delay: 1 }, { average_size: 20, size_variation: 2, delay: 2 }],
    ['limit_data', { bytes: 10 }, { bytes: 20 }],
  ] as const;
  for (const stream of ['upstream', 'downstream'] as const) {
    for (const [type, attributes, changed] of toxics) {
      const body = { name: `${type}-${stream}`, type, stream, toxicity: 1, attributes };
      const toxic = await proxy.addToxic<object>(body);
      expect(toxic.toJson()).toEqual(body);
      const updated = await toxic.update({ ...body, toxicity: 0.5, attributes: changed });
      expect(updated.toJson()).toEqual({ ...body, toxicity: 0.5, attributes: changed });
      expect((await proxy.getToxic(body.name)).toJson()).toEqual(updated.toJson());
      await toxic.remove();
    }
  }
});

test('its type down is refused', async () => {
  await using subject = await startSubject();
  const { name } = await subject.createProxy(anUpstream);
  const proxy = await subject.client.get(name);
  const down = { name: 'down', type: 'down', stream: 'downstream', toxicity: 1, attributes: {} } as const;
  await expect(proxy.addToxic(down)).rejects.toThrow('400');
});

test('populates, resets and reads the version', async () => {
  await using subject = await startSubject();
  const name = uniqueName();
  const proxies = await subject.client.populate([{ name, listen: '127.0.0.1:0', upstream: anUpstream }]);
  expect(proxies[name]?.enabled).toBe(true);
  await subject.client.reset();
  expect(await subject.client.getVersion()).toContain('"version"');
  await proxies[name]?.remove();
});
