import { expect, test } from 'vitest';
import { formatAddress, isSameAddress, parseAddress, resolveListen } from './address.ts';

test.each([
  ['127.0.0.1:80', '127.0.0.1', 80],
  ['example.com:080', 'example.com', 80],
  ['[::1]:80', '::1', 80],
  [':80', '', 80],
  ['host:', 'host', 0],
])('%s is host %j, port %i', (address, host, port) => {
  expect(parseAddress(address)).toEqual({ host, port });
});

test.each([
  ['nonsense', 'address nonsense: missing port in address'],
  ['', 'address : missing port in address'],
  ['a:b:1', 'address a:b:1: too many colons in address'],
  ['::1', 'address ::1: too many colons in address'],
  ['[::1', "address [::1: missing ']' in address"],
  ['[::1]', 'address [::1]: missing port in address'],
  ['[::1]:2:3', 'address [::1]:2:3: too many colons in address'],
  ['a:65536', 'address 65536: invalid port'],
  ['a:-1', 'address -1: invalid port'],
  ['a:abc', 'lookup tcp/abc: unknown port'],
])('%j: %s', (address, message) => {
  expect(() => parseAddress(address)).toThrow(new Error(message));
});

test('every way to name all interfaces is the same address', async () => {
  for (const address of [':80', '0.0.0.0:80', '[::]:80']) {
    expect(await resolveListen(address)).toEqual({ host: '::', port: 80 });
  }
  expect(await resolveListen('')).toEqual({ host: '::', port: 0 });
});

test('a name becomes an address, IPv4 first', async () => {
  expect(formatAddress(await resolveListen('localhost:80'))).toBe('127.0.0.1:80');
});

test('port 0 is never the same address: it asks for another port', () => {
  const any = { host: '127.0.0.1', port: 0 };
  expect(isSameAddress(any, any)).toBe(false);
});
