// Addresses the way Go reads and prints them: `host:port`, `[::1]:port`, `:port`. Error texts are the real server's.

import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';

export interface HostPort {
  readonly host: string;
  readonly port: number;
}

export class AddressError extends Error {}

export const everyInterface = '::';

/** `0.0.0.0`, `::` and no host are one and the same: the real server listens on both families for each of them. */
const isEveryInterface = (host: string): boolean => host === '' || host === '0.0.0.0' || host === everyInterface;

export function parseAddress(address: string): HostPort {
  const { host, port } = splitHostPort(address);
  return { host, port: parsePort(port) };
}

/** The address to bind: a name becomes an IP address, IPv4 if it has one. */
export async function resolveListen(address: string): Promise<HostPort> {
  if (address === '') return { host: everyInterface, port: 0 };
  const { host, port } = parseAddress(address);
  if (isEveryInterface(host)) return { host: everyInterface, port };
  return { host: isIP(host) === 0 ? await lookUp(host) : host, port };
}

export const formatAddress = ({ host, port }: HostPort): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

export const isSameAddress = (one: HostPort, other: HostPort): boolean =>
  one.host === other.host && one.port === other.port && one.port !== 0;

function splitHostPort(address: string): { host: string; port: string } {
  const fail = (reason: string): never => {
    throw new AddressError(`address ${address}: ${reason}`);
  };
  const bracketed = /^\[([^\]]*)\](.*)$/.exec(address);
  if (address.startsWith('[') && bracketed === null) fail("missing ']' in address");
  const colon = address.lastIndexOf(':');
  const host = bracketed?.[1] ?? address.slice(0, Math.max(colon, 0));
  const rest = bracketed?.[2] ?? address.slice(colon);
  if (colon === -1 || !rest.startsWith(':')) fail('missing port in address');
  if (rest.lastIndexOf(':') !== 0 || (bracketed === null && host.includes(':'))) fail('too many colons in address');
  return { host, port: rest.slice(1) };
}

function parsePort(text: string): number {
  if (text === '') return 0;
  if (!/^[+-]?\d+$/.test(text)) throw new AddressError(`lookup tcp/${text}: unknown port`);
  const port = Number(text);
  if (port < 0 || port > 65_535) throw new AddressError(`address ${text}: invalid port`);
  return port;
}

async function lookUp(host: string): Promise<string> {
  try {
    const addresses = await lookup(host, { all: true });
    const best = addresses.find(({ family }) => family === 4) ?? addresses[0];
    if (best !== undefined) return best.address;
  } catch {
    // Whatever the resolver said, the real server says the line below.
  }
  throw new AddressError(`lookup ${host}: no such host`);
}
