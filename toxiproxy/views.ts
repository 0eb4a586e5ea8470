// Proxies and toxics as the API prints them: Go's key order, Go's escapes, toxicity as the shortest 32-bit number.
import type { ApiError } from './api-error.ts';
import type { AppliedToxic } from './applied-toxic.ts';
import type { Populated } from './proxies.ts';
import type { TcpProxy } from './tcp-proxy.ts';

export const printToxic = (toxic: AppliedToxic): string => print(viewOfToxic(toxic));

export const printToxics = (toxics: readonly AppliedToxic[]): string => print(toxics.map(viewOfToxic));

export const printProxy = (proxy: TcpProxy): string => print(viewOfProxy(proxy));

/** By hand, since an object would put names that look like numbers first. */
export const printProxies = (proxies: readonly TcpProxy[]): string =>
  `{${proxies.map((proxy) => `${print(proxy.name)}:${printProxy(proxy)}`).join(',')}}`;

/** An empty list is null, as Go prints it. */
export function printPopulated({ proxies, error }: Populated): string {
  const list = proxies.length === 0 ? null : proxies.map(viewOfProxy);
  return print({ ...(error && viewOfError(error)), proxies: list });
}

export const printError = (error: ApiError): string => print(viewOfError(error));

const viewOfError = ({ message, status }: ApiError) => ({ error: message, status });

const viewOfToxic = ({ name, streamAsWritten, toxicity, toxic }: AppliedToxic) => ({
  attributes: toxic.attributes,
  name,
  type: toxic.type,
  stream: streamAsWritten,
  toxicity: shortestFloat32(toxicity),
});

const viewOfProxy = ({ name, settings, toxics }: TcpProxy) => ({ name, ...settings, toxics: toxics.map(viewOfToxic) });

const escapes: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

const print = (view: unknown): string =>
  JSON.stringify(view).replace(/[<>&\u2028\u2029]/g, (character) => escapes[character] ?? character);

/** 0.2 is stored as 0.20000000298023224; the fewest digits that read back as the same 32 bits are the ones to print. */
function shortestFloat32(value: number): number {
  for (let digits = 1; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}
