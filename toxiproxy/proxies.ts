// All proxies by name. What takes time (binding, resolving) runs one after the other, so that names and ports are never
// promised twice; nothing here ever waits for a connection.
import { type ApiError, proxyExists, proxyNotFound, toApiError } from './api-error.ts';
import { type ProxyEnvironment, type ProxySettings, TcpProxy } from './tcp-proxy.ts';

export interface NamedProxySettings extends ProxySettings {
  readonly name: string;
}

export interface Populated {
  readonly proxies: readonly TcpProxy[];
  /** What stopped the list half way. */
  readonly error?: ApiError;
}

export class Proxies {
  readonly #environment: ProxyEnvironment;
  readonly #byName = new Map<string, TcpProxy>();
  #lastChange: Promise<unknown> = Promise.resolve();

  constructor(environment: ProxyEnvironment) {
    this.#environment = environment;
  }

  get(name: string): TcpProxy {
    const proxy = this.#byName.get(name);
    if (proxy === undefined) throw proxyNotFound();
    return proxy;
  }

  sortedByName(): readonly TcpProxy[] {
    return [...this.#byName.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  create(settings: NamedProxySettings): Promise<TcpProxy> {
    return this.#inTurn(async () => {
      if (this.#byName.has(settings.name)) throw proxyExists();
      return await this.#create(settings);
    });
  }

  update(name: string, change: (current: ProxySettings) => ProxySettings): Promise<TcpProxy> {
    return this.#inTurn(async () => {
      const proxy = this.get(name);
      await proxy.update(change(proxy.settings));
      return proxy;
    });
  }

  remove(name: string): Promise<void> {
    return this.#inTurn(async () => {
      this.get(name).disable();
      this.#byName.delete(name);
    });
  }

  /** Creates what is missing, replaces what differs, leaves alone what is the same; stops at the first failure. */
  populate(list: readonly NamedProxySettings[]): Promise<Populated> {
    return this.#inTurn(async () => {
      const proxies: TcpProxy[] = [];
      for (const settings of list) {
        try {
          proxies.push(await this.#createOrReplace(settings));
        } catch (cause) {
          return { proxies, error: toApiError(cause) };
        }
      }
      return { proxies };
    });
  }

  /** Every proxy is enabled and loses its toxics. */
  reset(): Promise<void> {
    return this.#inTurn(async () => {
      for (const proxy of this.#byName.values()) {
        await proxy.enable();
        proxy.removeToxics();
      }
    });
  }

  close(): Promise<void> {
    return this.#inTurn(async () => {
      for (const proxy of this.#byName.values()) proxy.disable();
      this.#byName.clear();
    });
  }

  async #create({ name, ...settings }: NamedProxySettings): Promise<TcpProxy> {
    const proxy = new TcpProxy(name, settings, this.#environment);
    if (settings.enabled) await proxy.enable();
    this.#byName.set(name, proxy);
    return proxy;
  }

  async #createOrReplace(settings: NamedProxySettings): Promise<TcpProxy> {
    const proxy = this.#byName.get(settings.name);
    if (proxy === undefined) return await this.#create(settings);
    if (await proxy.differsFrom(settings)) {
      await proxy.update(settings);
      proxy.removeToxics();
    }
    return proxy;
  }

  #inTurn<Result>(change: () => Promise<Result>): Promise<Result> {
    const result = this.#lastChange.then(change);
    this.#lastChange = result.catch(() => {});
    return result;
  }
}
