// Request bodies of the API: what they may hold, what is assumed, in which order they are checked.
import { ApiError, badRequestBody, invalidStream, invalidToxicType, missingField, toxicExists } from './api-error.ts';
import { type AppliedToxic, streams } from './applied-toxic.ts';
import { Fields, parseBody } from './fields.ts';
import type { GoJson } from './go-json.ts';
import type { NamedProxySettings } from './proxies.ts';
import type { ProxySettings } from './tcp-proxy.ts';
import { toxicsByType } from './toxics/by-type.ts';
import type { Toxic } from './toxics/toxic.ts';

export function readProxy(body: string): NamedProxySettings {
  const proxy = readProxyFields(parseBody(body));
  requireNames(proxy, '');
  return proxy;
}

export function readProxyList(body: string): readonly NamedProxySettings[] {
  const json = parseBody(body);
  if (json.kind === 'null') return [];
  if (json.kind !== 'array') {
    throw badRequestBody(`json: cannot unmarshal ${json.kind} into Go value of type []toxiproxy.Proxy`);
  }
  const proxies = json.items.map(readProxyFields);
  for (const [index, proxy] of proxies.entries()) requireNames(proxy, ` at proxy ${index + 1}`);
  return proxies;
}

export function readProxyUpdate(body: string): (current: ProxySettings) => ProxySettings {
  const fields = new Fields(parseBody(body), 'Proxy');
  // Proxies cannot be renamed: the name is checked and forgotten.
  fields.string('name');
  const listen = fields.string('listen');
  const upstream = fields.string('upstream');
  const enabled = fields.bool('enabled');
  return (current) => ({
    listen: listen ?? current.listen,
    upstream: upstream ?? current.upstream,
    enabled: enabled ?? current.enabled,
  });
}

export function readToxic(body: string, isTaken: (name: string) => boolean): AppliedToxic {
  const fields = new Fields(parseBody(body), 'ToxicWrapper');
  const givenName = fields.string('name') ?? '';
  const type = fields.string('type') ?? '';
  const streamAsWritten = fields.string('stream') ?? 'downstream';
  const toxicity = fields.float32('toxicity') ?? 1;
  const attributes = fields.object('attributes');

  const stream = streams.find((candidate) => candidate === streamAsWritten.toLowerCase());
  if (stream === undefined) throw invalidStream();
  const blank = toxicsByType.get(type);
  if (blank === undefined) throw invalidToxicType();
  const name = givenName === '' ? `${type}_${streamAsWritten}` : givenName;
  if (isTaken(name)) throw toxicExists();
  return { name, stream, streamAsWritten, toxicity, toxic: withAttributes(blank, attributes) };
}

/** Only attributes and toxicity can change; everything is checked before anything is changed. */
export function readToxicUpdate(body: string, current: AppliedToxic): AppliedToxic {
  const fields = new Fields(parseBody(body), 'ToxicWrapper');
  return {
    ...current,
    toxicity: fields.float32('toxicity') ?? current.toxicity,
    toxic: withAttributes(current.toxic, fields.object('attributes')),
  };
}

function readProxyFields(json: GoJson): NamedProxySettings {
  const fields = new Fields(json, 'Proxy');
  return {
    name: fields.string('name') ?? '',
    listen: fields.string('listen') ?? '',
    upstream: fields.string('upstream') ?? '',
    enabled: fields.bool('enabled') ?? true,
  };
}

function requireNames({ name, upstream }: NamedProxySettings, where: string): void {
  if (name === '') throw missingField(`name${where}`);
  if (upstream === '') throw missingField(`upstream${where}`);
}

function withAttributes(toxic: Toxic, fields: Fields): Toxic {
  const changes = new Map<string, number>();
  for (const name of Object.keys(toxic.attributes)) {
    const value = fields.integer(name);
    if (value !== undefined) changes.set(name, value);
  }
  const changed = toxic.with(changes);
  const problem = changed.problem();
  if (problem !== undefined) throw new ApiError(400, problem);
  return changed;
}
