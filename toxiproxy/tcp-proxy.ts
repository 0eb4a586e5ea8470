// One proxy: a listening address, an upstream, its toxics, and the connections it carries.
// Changes of address are atomic: what fails leaves the proxy as it was. The collection runs them one at a time.
import type { Socket } from 'node:net';
import { AddressError, formatAddress, type HostPort, isSameAddress, parseAddress, resolveListen } from './address.ts';
import { toxicExists, toxicNotFound } from './api-error.ts';
import { type AppliedToxic, type Stream, streams } from './applied-toxic.ts';
import type { Clock } from './clock.ts';
import { Connection } from './connection.ts';
import { type Listener, listen } from './listen.ts';

export interface ProxySettings {
  readonly listen: string;
  readonly upstream: string;
  readonly enabled: boolean;
}

export interface ProxyEnvironment {
  readonly clock: Clock;
  readonly random: () => number;
}

export class TcpProxy {
  readonly name: string;
  readonly #environment: ProxyEnvironment;
  #listen: string;
  #upstream: string;
  #listener: Listener | undefined;
  #toxics: readonly AppliedToxic[] = [];
  readonly #connections = new Set<Connection>();

  constructor(name: string, { listen, upstream }: Omit<ProxySettings, 'enabled'>, environment: ProxyEnvironment) {
    this.name = name;
    this.#listen = listen;
    this.#upstream = upstream;
    this.#environment = environment;
  }

  get settings(): ProxySettings {
    return { listen: this.#listen, upstream: this.#upstream, enabled: this.#listener !== undefined };
  }

  /** Upstream toxics first, each stream in the order of creation. */
  get toxics(): readonly AppliedToxic[] {
    return streams.flatMap((stream) => this.#toxicsOf(stream));
  }

  async enable(): Promise<void> {
    if (this.#listener !== undefined) return;
    this.#adopt(await this.#bind(await resolveListen(this.#listen).catch(explainListenFailure)));
  }

  /** Both sides of every connection are closed; the toxics and the port number stay. */
  disable(): void {
    this.#listener?.close();
    this.#listener = undefined;
    this.#closeConnections();
  }

  /** Whether these settings name another listening address or another upstream. */
  async differsFrom({ listen, upstream }: Omit<ProxySettings, 'enabled'>): Promise<boolean> {
    const wanted = await resolveListen(listen);
    // What a disabled proxy was given need not be an address at all.
    const current = await resolveListen(this.#listen).catch(() => undefined);
    return upstream !== this.#upstream || current === undefined || !isSameAddress(wanted, current);
  }

  async update(settings: ProxySettings): Promise<void> {
    if (await this.differsFrom(settings)) await this.#move(settings);
    else if (settings.enabled) await this.enable();
    if (!settings.enabled) this.disable();
  }

  toxic(name: string): AppliedToxic {
    const found = this.#toxics.find((toxic) => toxic.name === name);
    if (found === undefined) throw toxicNotFound();
    return found;
  }

  hasToxic(name: string): boolean {
    return this.#toxics.some((toxic) => toxic.name === name);
  }

  addToxic(toxic: AppliedToxic): void {
    if (this.hasToxic(toxic.name)) throw toxicExists();
    this.#toxics = [...this.#toxics, toxic];
    for (const connection of this.#connections) connection.add(toxic);
  }

  updateToxic(changed: AppliedToxic): void {
    this.#toxics = this.#toxics.map((toxic) => (toxic.name === changed.name ? changed : toxic));
    for (const connection of this.#connections) connection.update(changed);
  }

  removeToxic(name: string): void {
    const removed = this.toxic(name);
    this.#toxics = this.#toxics.filter((toxic) => toxic !== removed);
    for (const connection of this.#connections) connection.remove(removed);
  }

  removeToxics(): void {
    for (const { name } of this.#toxics) this.removeToxic(name);
  }

  async #move({ listen, upstream, enabled }: ProxySettings): Promise<void> {
    const wanted = await resolveListen(listen);
    const current = this.#listener;
    if (!enabled) this.#listen = listen;
    else if (current === undefined || !isSameAddress(wanted, current.address)) {
      this.#adopt(await this.#bindInsteadOf(current, wanted));
    }
    this.#upstream = upstream;
    this.#closeConnections();
  }

  async #bindInsteadOf(current: Listener | undefined, wanted: HostPort): Promise<Listener> {
    if (current?.address.port !== wanted.port) {
      const listener = await this.#bind(wanted);
      current?.close();
      return listener;
    }
    // The same port on another interface may overlap: only after the old one is closed can the new one be had.
    current.close();
    this.#listener = undefined;
    try {
      return await this.#bind(wanted);
    } catch (cause) {
      this.#adopt(await this.#bind(current.address));
      throw cause;
    }
  }

  #bind(address: HostPort): Promise<Listener> {
    return listen(address, (client) => this.#accept(client));
  }

  #adopt(listener: Listener): void {
    this.#listener = listener;
    this.#listen = formatAddress(listener.address);
  }

  #accept(client: Socket): void {
    const upstream = parseUpstream(this.#upstream);
    if (upstream === undefined) {
      client.destroy();
      return;
    }
    const connection = new Connection({
      client,
      upstream,
      toxicsOf: (stream) => this.#toxicsOf(stream),
      ...this.#environment,
      onClose: () => this.#connections.delete(connection),
    });
    this.#connections.add(connection);
  }

  #toxicsOf(stream: Stream): readonly AppliedToxic[] {
    return this.#toxics.filter((toxic) => toxic.stream === stream);
  }

  #closeConnections(): void {
    for (const connection of this.#connections) connection.destroy();
  }
}

function parseUpstream(upstream: string): HostPort | undefined {
  try {
    const { host, port } = parseAddress(upstream);
    return { host: host === '' ? 'localhost' : host, port };
  } catch {
    return undefined;
  }
}

function explainListenFailure(cause: unknown): never {
  if (cause instanceof AddressError) throw new AddressError(`listen tcp: ${cause.message}`, { cause });
  throw cause;
}
