// One client's connection and the one it stands for at the upstream: two sockets, a link in each direction.
// A FIN travels alone, so half-closed connections keep answering; a dead socket takes its peer along.
import { connect, type Socket } from 'node:net';
import type { HostPort } from './address.ts';
import type { AppliedToxic, Stream } from './applied-toxic.ts';
import type { Sink } from './chunk.ts';
import type { Clock } from './clock.ts';
import { Link, type Source } from './link.ts';

export interface ConnectionOptions {
  /** Accepted and not read from yet. */
  readonly client: Socket;
  readonly upstream: HostPort;
  /** The toxics of a stream at the moment the upstream answers. */
  readonly toxicsOf: (stream: Stream) => readonly AppliedToxic[];
  readonly clock: Clock;
  readonly random: () => number;
  readonly onClose: () => void;
}

export const socketOptions = {
  allowHalfOpen: true,
  noDelay: true,
  keepAlive: true,
  keepAliveInitialDelay: 15_000,
} as const;

export class Connection {
  readonly #options: ConnectionOptions;
  readonly #client: Socket;
  readonly #server: Socket;
  /** Empty until the upstream has answered: toxics never touch the connect itself. */
  #links: ReadonlyMap<Stream, Link> = new Map();

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#client = options.client;
    this.#server = connect({ ...options.upstream, ...socketOptions });
    this.#server.once('connect', () => this.#open());
    for (const socket of [this.#client, this.#server]) {
      // 'close' follows and does the work.
      socket.on('error', () => {});
      socket.once('close', () => this.#closeIfUnopened());
    }
  }

  add(toxic: AppliedToxic): void {
    this.#links.get(toxic.stream)?.add(toxic);
  }

  update(toxic: AppliedToxic): void {
    this.#links.get(toxic.stream)?.update(toxic);
  }

  remove(toxic: AppliedToxic): void {
    this.#links.get(toxic.stream)?.remove(toxic.name);
  }

  destroy(): void {
    this.#stopLinks();
    this.#client.destroy();
    this.#server.destroy();
  }

  readonly #reset = (): void => {
    this.#stopLinks();
    resetSocket(this.#client);
    resetSocket(this.#server);
  };

  #open(): void {
    const upstream = this.#link('upstream', this.#client, this.#server);
    const downstream = this.#link('downstream', this.#server, this.#client);
    this.#links = new Map([
      ['upstream', upstream],
      ['downstream', downstream],
    ]);
    this.#wire(this.#client, { outgoing: upstream, incoming: downstream });
    this.#wire(this.#server, { outgoing: downstream, incoming: upstream });
  }

  #link(stream: Stream, from: Socket, to: Socket): Link {
    const { clock, random, toxicsOf } = this.#options;
    return new Link({
      source: socketSource(from),
      sink: socketSink(to),
      toxics: toxicsOf(stream),
      clock,
      random,
      onReset: this.#reset,
    });
  }

  /** `outgoing` carries what the socket sends, `incoming` what it is sent. */
  #wire(socket: Socket, { outgoing, incoming }: { outgoing: Link; incoming: Link }): void {
    socket.on('data', (bytes) => outgoing.receive(bytes));
    socket.once('end', () => outgoing.end('half'));
    socket.on('drain', incoming.advance);
    socket.once('close', (hadError) => {
      incoming.stop();
      if (hadError || !socket.readableEnded) outgoing.end('full');
    });
    socket.resume();
  }

  #closeIfUnopened(): void {
    if (this.#links.size === 0) this.destroy();
    if (this.#client.closed && this.#server.closed) this.#options.onClose();
  }

  #stopLinks(): void {
    for (const link of this.#links.values()) link.stop();
  }
}

const socketSource = (socket: Socket): Source => ({
  pause: () => {
    socket.pause();
  },
  resume: () => {
    socket.resume();
  },
});

const socketSink = (socket: Socket): Sink => ({
  hasRoom: () => !socket.writableNeedDrain,
  push: ({ bytes }) => {
    if (socket.writable) socket.write(bytes);
  },
  end: (ending) => {
    if (ending === 'full') socket.destroySoon();
    else if (socket.writable) socket.end();
  },
});

function resetSocket(socket: Socket): void {
  // A shutdown under way cannot be turned into a reset: libuv refuses, and Node would leak the descriptor.
  if (socket.writableEnded && !socket.writableFinished) socket.destroy();
  else socket.resetAndDestroy();
}
