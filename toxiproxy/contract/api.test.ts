// Statuses, bodies, headers and defaults that the embedded server and the real one have in common, by plain HTTP.
// TOXIPROXY_URL=http://127.0.0.1:8474 runs this folder against a real server; differences.test.ts has what differs.
import { describe, expect, test } from 'vitest';
import { type Api, summary } from '../testing/api.ts';
import { readObject, startSubject, type TestProxy, uniqueName } from '../testing/subject.ts';
import { startUpstream, tryToDial } from '../testing/tcp.ts';

const anUpstream = '127.0.0.1:1';

const stateOf = async (api: Api, { path }: TestProxy) => {
  const { listen, upstream, enabled, toxics } = readObject((await api.get(path)).text);
  return { listen, upstream, enabled, toxics };
};

describe('/version', () => {
  test('answers JSON with a blank and a newline', async () => {
    await using subject = await startSubject();
    const { status, headers, text } = await subject.api.get('/version');
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json;charset=utf-8']);
    expect(text).toMatch(/^\{"version": "[^"]+"\}\n$/);
  });
});

describe('routing', () => {
  test.each([
    ['GET', '/nowhere', 404, '404 page not found\n'],
    ['GET', '/proxies/', 404, '404 page not found\n'],
    ['GET', '/', 404, '404 page not found\n'],
    ['PUT', '/proxies', 405, ''],
    ['GET', '/reset', 405, ''],
    ['HEAD', '/version', 405, ''],
    ['OPTIONS', '/proxies', 405, ''],
    ['GET', '/metrics', 404, '404 page not found\n'],
  ])('%s %s is %i', async (method, path, status, text) => {
    await using subject = await startSubject();
    const reply = await subject.api.call(method, path);
    expect([reply.status, reply.text]).toEqual([status, text]);
  });

  test('a doubled slash is redirected', async () => {
    await using subject = await startSubject();
    const reply = await subject.api.get('//proxies');
    expect([reply.status, reply.headers.get('location')]).toEqual([301, '/proxies']);
  });

  test('a browser is refused, by the start of its user agent', async () => {
    await using subject = await startSubject();
    const browser = await subject.api.call('GET', '/proxies', undefined, { 'User-Agent': 'Mozilla/5.0' });
    expect(summary(browser)).toBe('403 User agent not allowed');
    const other = await subject.api.call('GET', '/version', undefined, { 'User-Agent': 'x Mozilla/5.0' });
    expect(other.status).toBe(200);
  });

  test('errors are JSON lines sent as text, and carry a request id', async () => {
    await using subject = await startSubject();
    const { headers, text } = await subject.api.get('/proxies/nobody');
    expect(text).toBe('{"error":"proxy not found","status":404}\n');
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-toxiproxy-request-id')).toMatch(/^[0-9a-v]{20}$/);
  });

  test('names are percent-decoded', async () => {
    await using subject = await startSubject();
    const name = `zwölf & ${uniqueName()}`;
    await subject.api.post('/proxies', { name, upstream: anUpstream, listen: '127.0.0.1:0' });
    const reply = await subject.api.get(`/proxies/${encodeURIComponent(name)}`);
    expect(readObject(reply.text).name).toBe(name);
    expect(reply.text).toContain('\\u0026');
    expect((await subject.api.delete(`/proxies/${encodeURIComponent(name)}`)).status).toBe(204);
  });
});

describe('POST /proxies', () => {
  test('creates, and answers with the bound address', async () => {
    await using subject = await startSubject();
    const name = uniqueName();
    const reply = await subject.api.post('/proxies', { name, listen: 'localhost:0', upstream: anUpstream });
    expect([reply.status, reply.headers.get('content-type')]).toEqual([201, 'application/json']);
    expect(readObject(reply.text)).toMatchObject({ name, upstream: anUpstream, enabled: true, toxics: [] });
    expect(readObject(reply.text).listen).toMatch(/^127\.0\.0\.1:[1-9]\d*$/);
    expect(summary(await subject.api.delete(`/proxies/${name}`))).toBe('204');
  });

  test.each([
    ['', 'bad request body: EOF'],
    ['{"name":', 'bad request body: unexpected EOF'],
    ['{"name" "x"}', "bad request body: invalid character '\"' after object key"],
    ['nonsense', "bad request body: invalid character 'o' in literal null (expecting 'u')"],
    ['{}', 'missing required field: name'],
    ['null', 'missing required field: name'],
    ['{"name":"x"}', 'missing required field: upstream'],
    ['{"upstream":"x:1"}', 'missing required field: name'],
  ])('%j is refused: %s', async (body, error) => {
    await using subject = await startSubject();
    const reply = await subject.api.post('/proxies', body);
    expect([reply.status, readObject(reply.text)]).toEqual([400, { error, status: 400 }]);
  });

  test('a field of the wrong type is a bad request', async () => {
    await using subject = await startSubject();
    const reply = await subject.api.post('/proxies', '{"name":7,"upstream":"x:1"}');
    expect(reply.status).toBe(400);
    expect(reply.text).toContain('bad request body: json: cannot unmarshal number into Go struct field');
  });

  test('keys match in any case, null and unknown keys are ignored, so is what follows the body', async () => {
    await using subject = await startSubject();
    const name = uniqueName();
    const body = `{"NAME":"${name}","Listen":"127.0.0.1:0","upStream":"a:1","enabled":null,"x":[1]} trailing`;
    const reply = await subject.api.post('/proxies', body);
    expect([reply.status, readObject(reply.text).enabled]).toEqual([201, true]);
    await subject.api.delete(`/proxies/${name}`);
  });

  test('a name that is taken is a conflict, found before listening', async () => {
    await using subject = await startSubject();
    const { name } = await subject.createProxy(anUpstream);
    const reply = await subject.api.post('/proxies', { name, upstream: anUpstream, listen: 'nonsense' });
    expect(summary(reply)).toBe('409 {"error":"proxy already exists","status":409}');
  });

  test.each([
    ['nonsense', 'listen tcp: address nonsense: missing port in address'],
    ['127.0.0.1:99999', 'listen tcp: address 99999: invalid port'],
  ])('listen %s is an error of the server', async (listen, error) => {
    await using subject = await startSubject();
    const name = uniqueName();
    const reply = await subject.api.post('/proxies', { name, upstream: anUpstream, listen });
    expect([reply.status, readObject(reply.text)]).toEqual([500, { error, status: 500 }]);
    expect((await subject.api.get(`/proxies/${name}`)).status).toBe(404);
  });

  test('a port that is taken is an error of the server', async () => {
    await using subject = await startSubject();
    await using upstream = await startUpstream();
    const body = { name: uniqueName(), upstream: anUpstream, listen: upstream.address };
    const reply = await subject.api.post('/proxies', body);
    const error = `listen tcp ${upstream.address}: bind: address already in use`;
    expect([reply.status, readObject(reply.text)]).toEqual([500, { error, status: 500 }]);
  });

  test('a disabled proxy keeps its listen as it was given', async () => {
    await using subject = await startSubject();
    const name = uniqueName();
    const reply = await subject.api.post('/proxies', {
      name,
      upstream: anUpstream,
      listen: 'nonsense',
      enabled: false,
    });
    expect([reply.status, readObject(reply.text)]).toMatchObject([201, { listen: 'nonsense', enabled: false }]);
    await subject.api.delete(`/proxies/${name}`);
  });
});

describe('/proxies/{proxy}', () => {
  test.each(['POST', 'PATCH'])('%s changes what is given and ignores a name', async (method) => {
    await using subject = await startSubject();
    const proxy = await subject.createProxy(anUpstream);
    const reply = await subject.api.call(method, proxy.path, { name: 'other', upstream: '127.0.0.1:2' });
    expect(reply.status).toBe(200);
    expect(readObject(reply.text)).toMatchObject({ name: proxy.name, listen: proxy.listen, upstream: '127.0.0.1:2' });
  });

  test('disabling stops listening, enabling listens on the same port again, both keep toxics', async () => {
    await using subject = await startSubject();
    await using upstream = await startUpstream();
    const proxy = await subject.createProxy(upstream.address);
    await proxy.addToxic({ type: 'noop' });
    for (const enabled of [false, false, true, true]) {
      expect((await subject.api.post(proxy.path, { enabled })).status).toBe(200);
      expect(await tryToDial(proxy.listen)).toBe(enabled ? 'connected' : 'ECONNREFUSED');
      expect(await stateOf(subject.api, proxy)).toMatchObject({
        listen: proxy.listen,
        enabled,
        toxics: [{ type: 'noop' }],
      });
    }
  });

  test('a new listening address takes over, toxics stay', async () => {
    await using subject = await startSubject();
    await using upstream = await startUpstream();
    const proxy = await subject.createProxy(upstream.address);
    await proxy.addToxic({ type: 'noop' });
    await subject.api.post(proxy.path, { listen: '127.0.0.1:0' });
    const { listen, toxics } = await stateOf(subject.api, proxy);
    expect(listen).not.toBe(proxy.listen);
    expect(toxics).toHaveLength(1);
    expect(await tryToDial(proxy.listen)).toBe('ECONNREFUSED');
    expect(await tryToDial(String(listen))).toBe('connected');
  });

  test('another upstream keeps the bound address, however the same address is written', async () => {
    await using subject = await startSubject();
    const proxy = await subject.createProxy(anUpstream);
    const listen = proxy.listen.replace('127.0.0.1', 'localhost');
    await subject.api.post(proxy.path, { listen, upstream: '127.0.0.1:2' });
    expect(await stateOf(subject.api, proxy)).toMatchObject({ listen: proxy.listen, upstream: '127.0.0.1:2' });
  });

  test('a change of address while disabling is kept as it was given', async () => {
    await using subject = await startSubject();
    const proxy = await subject.createProxy(anUpstream);
    await subject.api.post(proxy.path, { listen: 'localhost:1234', enabled: false });
    expect(await stateOf(subject.api, proxy)).toMatchObject({ listen: 'localhost:1234', enabled: false });
    expect(await tryToDial(proxy.listen)).toBe('ECONNREFUSED');
  });

  test('an unresolvable address changes nothing', async () => {
    await using subject = await startSubject();
    const proxy = await subject.createProxy(anUpstream);
    const before = await stateOf(subject.api, proxy);
    const reply = await subject.api.post(proxy.path, { listen: 'bad', upstream: 'x:1' });
    expect(summary(reply)).toBe('500 {"error":"address bad: missing port in address","status":500}');
    expect(await stateOf(subject.api, proxy)).toEqual(before);
  });

  test('is looked up before the body is read', async () => {
    await using subject = await startSubject();
    const calls = [
      ['POST', '/proxies/nobody'],
      ['PATCH', '/proxies/nobody'],
      ['DELETE', '/proxies/nobody'],
      ['GET', '/proxies/nobody/toxics'],
      ['POST', '/proxies/nobody/toxics'],
      ['POST', '/proxies/nobody/toxics/x'],
    ] as const;
    for (const [method, path] of calls) {
      const reply = await subject.api.call(method, path, method === 'GET' ? undefined : 'garbage');
      expect(summary(reply)).toBe('404 {"error":"proxy not found","status":404}');
    }
  });

  test('DELETE closes the port and forgets the proxy', async () => {
    await using subject = await startSubject();
    const proxy = await subject.createProxy(anUpstream);
    expect(summary(await subject.api.delete(proxy.path))).toBe('204');
    expect(await tryToDial(proxy.listen)).toBe('ECONNREFUSED');
    expect((await subject.api.get(proxy.path)).status).toBe(404);
  });
});

describe('toxics', () => {
  test('defaults: downstream, toxicity 1, named after type and stream, all attributes present', async () => {
    await using subject = await startSubject();
    const proxy = await subject.createProxy(anUpstream);
    const reply = await subject.api.post(`${proxy.path}/toxics`, { type: 'latency', attributes: { latency: 5 } });
    expect([reply.status, reply.text]).toEqual([
      200,
      '{"attributes":{"latency":5,"jitter":0},"name":"latency_downstream","type":"latency","stream":"downstream","toxicity":1}',
    ]);
  });

  test.each([
    ['bandwidth', { rate: 0 }],
    ['slow_close', { delay: 0 }],
    ['timeout', { timeout: 0 }],
    ['reset_peer', { timeout: 0 }],
    ['limit_data', { bytes: 0 }],
    ['latency', { latency: 0, jitter: 0 }],
    ['noop', {}],
  ])('%s needs no attributes', async (type, attributes) => {
    await using subject = await startSubject();
    const proxy = await subject.createProxy(anUpstream);
    const reply = await subject.api.post(`${proxy.path}/toxics`, { type });
    expect([reply.status, readObject(reply.text).attributes]).toEqual([200, attributes]);
  });

  test('upstream toxics are listed first, each stream in the order of creation', async () => {
    await using subject = await startSubject();
    const proxy = await subject.createProxy(anUpstream);
    expect((await subject.api.get(`${proxy.path}/toxics`)).text).toBe('[]');
    for (const [name, stream] of [
      ['d1', 'downstream'],
      ['u1', 'UpStream'],
      ['d2', 'downstream'],
      ['u2', 'upstream'],
    ] as const) {
      await proxy.addToxic({ type: 'noop', name, stream });
    }
    const listed: unknown = JSON.parse((await subject.api.get(`${proxy.path}/toxics`)).text);
    expect(listed).toMatchObject([{ name: 'u1', stream: 'UpStream' }, { name: 'u2' }, { name: 'd1' }, { name: 'd2' }]);
    expect((await stateOf(subject.api, proxy)).toxics).toEqual(listed);
  });

  test('checks the stream, then the type, then the name, then the attributes', async () => {
    await using subject = await startSubject();
    const proxy = await subject.createProxy(anUpstream);
    await proxy.addToxic({ type: 'noop', name: 'taken' });
    const errors = [
      [{ stream: 'sideways', type: 'nothing' }, 400, 'stream was invalid, can be either upstream or downstream'],
      [{ stream: '', type: 'noop' }, 400, 'stream was invalid, can be either upstream or downstream'],
      [{ type: 'down' }, 400, 'invalid toxic type'],
      [{ type: 'Latency' }, 400, 'invalid toxic type'],
      [{}, 400, 'invalid toxic type'],
      [
        { type: 'latency', name: 'taken', stream: 'upstream', attributes: { latency: 'x' } },
        409,
        'toxic already exists',
      ],
    ] as const;
    for (const [toxic, status, error] of errors) {
      const reply = await subject.api.post(`${proxy.path}/toxics`, toxic);
      expect([reply.status, readObject(reply.text)]).toEqual([status, { error, status }]);
    }
  });

  test.each(['1.5', '1e3', '"7"', '9223372036854775808'])('%s is no integer', async (literal) => {
    await using subject = await startSubject();
    const proxy = await subject.createProxy(anUpstream);
    const body = `{"type":"latency","attributes":{"latency":${literal}}}`;
    const reply = await subject.api.post(`${proxy.path}/toxics`, body);
    expect(reply.status).toBe(400);
    expect(reply.text).toContain('bad request body: json: cannot unmarshal');
    expect((await subject.api.get(`${proxy.path}/toxics`)).text).toBe('[]');
  });

  test('toxicity keeps 32 bits and is not range-checked', async () => {
    await using subject = await startSubject();
    const proxy = await subject.createProxy(anUpstream);
    const path = await proxy.addToxic({ type: 'noop', toxicity: 0.2 });
    expect((await subject.api.get(path)).text).toContain('"toxicity":0.2}');
    for (const [written, read] of [
      [0.123456789, 0.12345679],
      [2, 2],
      [-1, -1],
    ] as const) {
      expect(readObject((await subject.api.post(path, { toxicity: written })).text).toxicity).toBe(read);
    }
  });

  test.each(['POST', 'PATCH'])('%s merges attributes and changes nothing else', async (method) => {
    await using subject = await startSubject();
    const proxy = await subject.createProxy(anUpstream);
    const path = await proxy.addToxic({ type: 'latency', attributes: { latency: 5, jitter: 2 } });
    const change = { name: 'x', type: 'noop', stream: 'upstream', attributes: { latency: 9 } };
    const reply = await subject.api.call(method, path, change);
    expect([reply.status, readObject(reply.text)]).toEqual([
      200,
      {
        name: 'latency_downstream',
        type: 'latency',
        stream: 'downstream',
        toxicity: 1,
        attributes: { latency: 9, jitter: 2 },
      },
    ]);
  });

  test('an unknown toxic is not found, whatever the body', async () => {
    await using subject = await startSubject();
    const proxy = await subject.createProxy(anUpstream);
    for (const method of ['POST', 'PATCH', 'DELETE']) {
      const reply = await subject.api.call(method, `${proxy.path}/toxics/nobody`, 'garbage');
      expect(summary(reply)).toBe('404 {"error":"toxic not found","status":404}');
    }
  });

  test('DELETE removes', async () => {
    await using subject = await startSubject();
    const proxy = await subject.createProxy(anUpstream);
    const path = await proxy.addToxic({ type: 'noop' });
    expect(summary(await subject.api.delete(path))).toBe('204');
    expect((await subject.api.get(path)).status).toBe(404);
  });
});

describe('/populate', () => {
  test('creates, leaves alone what is the same, and replaces what differs', async () => {
    await using subject = await startSubject();
    const same = await subject.createProxy(anUpstream);
    const changed = await subject.createProxy(anUpstream);
    await same.addToxic({ type: 'noop' });
    await changed.addToxic({ type: 'noop' });
    await subject.api.post(same.path, { enabled: false });
    const fresh = uniqueName();
    const reply = await subject.api.post('/populate', [
      { name: fresh, listen: '127.0.0.1:0', upstream: anUpstream },
      { name: same.name, listen: same.listen, upstream: anUpstream },
      { name: changed.name, listen: changed.listen, upstream: '127.0.0.1:2' },
    ]);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([201, 'application/json']);
    expect(readObject(reply.text).proxies).toMatchObject([
      { name: fresh, enabled: true, toxics: [] },
      { name: same.name, enabled: false, toxics: [{ type: 'noop' }] },
      { name: changed.name, enabled: true, upstream: '127.0.0.1:2', toxics: [] },
    ]);
    await subject.api.delete(`/proxies/${fresh}`);
  });

  test('checks all names and upstreams before it creates anything', async () => {
    await using subject = await startSubject();
    const name = uniqueName();
    const reply = await subject.api.post('/populate', [{ name, upstream: anUpstream }, { name: 'x' }]);
    expect([reply.status, reply.headers.get('content-type'), reply.text]).toEqual([
      400,
      'application/json',
      '{"error":"missing required field: upstream at proxy 2","status":400,"proxies":null}',
    ]);
    expect((await subject.api.get(`/proxies/${name}`)).status).toBe(404);
  });

  test('stops at the first failure and keeps what it has done', async () => {
    await using subject = await startSubject();
    const [first, second] = [uniqueName(), uniqueName()];
    const reply = await subject.api.post('/populate', [
      { name: first, listen: '127.0.0.1:0', upstream: anUpstream },
      { name: second, listen: 'nonsense', upstream: anUpstream },
    ]);
    expect([reply.status, readObject(reply.text)]).toMatchObject([
      500,
      { error: 'listen tcp: address nonsense: missing port in address', status: 500, proxies: [{ name: first }] },
    ]);
    expect((await subject.api.delete(`/proxies/${first}`)).status).toBe(204);
  });

  test.each(['[]', 'null'])('%s does nothing', async (body) => {
    await using subject = await startSubject();
    const reply = await subject.api.post('/populate', body);
    expect([reply.status, reply.text]).toEqual([201, '{"proxies":null}']);
  });

  test('an object is a bad request', async () => {
    await using subject = await startSubject();
    expect((await subject.api.post('/populate', {})).status).toBe(400);
  });
});

test('/reset enables every proxy and removes every toxic', async () => {
  await using subject = await startSubject();
  const proxy = await subject.createProxy(anUpstream);
  await proxy.addToxic({ type: 'noop' });
  await subject.api.post(proxy.path, { enabled: false });
  expect(summary(await subject.api.post('/reset'))).toBe('204');
  expect(await stateOf(subject.api, proxy)).toMatchObject({ enabled: true, listen: proxy.listen, toxics: [] });
});
