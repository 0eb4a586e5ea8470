// A Toxiproxy-compatible server to embed: starts the API, and takes all proxies down with it.
import { once } from 'node:events';
import { formatAddress, type HostPort, resolveListen } from './address.ts';
import { createApiServer } from './api.ts';
import { type Clock, systemClock } from './clock.ts';
import { Proxies } from './proxies.ts';
import { toxiproxyRoutes } from './routes.ts';

export interface ToxiproxyOptions {
  /** Of the API. Default localhost. */
  readonly host?: string;
  /** Of the API. Default 8474; 0 takes a free one. */
  readonly port?: number;
  /** What /version says; clients choose their calls by it. */
  readonly version?: string;
  readonly clock?: Clock;
  /** Uniform in [0, 1): toxicity, jitter and cuts are drawn from it. */
  readonly random?: () => number;
}

export interface Toxiproxy extends AsyncDisposable {
  readonly address: HostPort;
  /** `http://host:port` of the API. */
  readonly url: string;
  /** Closes the API, every proxy and every connection. */
  close(): Promise<void>;
}

/** The release of the real server whose API this is. */
export const compatibleVersion = '2.12.0';

/** Rejects with the error of `listen` (code EADDRINUSE…) if the API cannot have its port. */
export async function createToxiproxy({
  host = 'localhost',
  port = 8474,
  version = compatibleVersion,
  clock = systemClock,
  random = Math.random,
}: ToxiproxyOptions = {}): Promise<Toxiproxy> {
  const proxies = new Proxies({ clock, random });
  const api = createApiServer(toxiproxyRoutes(proxies, version));
  // `localhost` means 127.0.0.1, as for the real server: Node alone might choose ::1, where few clients look.
  api.listen(await resolveListen(formatAddress({ host, port })));
  await once(api, 'listening');
  const bound = api.address();
  const address =
    bound === null || typeof bound === 'string' ? { host, port } : { host: bound.address, port: bound.port };

  const close = async (): Promise<void> => {
    await proxies.close();
    if (!api.listening) return;
    api.close();
    api.closeAllConnections();
    await once(api, 'close');
  };
  return { address, url: `http://${formatAddress(address)}`, close, [Symbol.asyncDispose]: close };
}
