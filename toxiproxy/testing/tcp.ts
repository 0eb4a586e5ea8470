// Both ends of a proxied connection for tests: they collect what arrives and say how it ended. No sleeping, only events.
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { parseAddress } from '../address.ts';

export class Peer implements Disposable {
  readonly socket: Socket;
  /** When each piece of data came, by performance.now(). */
  readonly arrivals: number[] = [];
  readonly #pieces: Buffer[] = [];
  #received = 0;
  #ending: string | undefined;
  #onChange: () => void = () => {};

  constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (bytes) => {
      this.arrivals.push(performance.now());
      this.#pieces.push(bytes);
      this.#received += bytes.length;
      this.#onChange();
    });
    socket.on('end', () => this.#end('FIN'));
    socket.on('error', (error) => this.#end('code' in error ? String(error.code) : error.message));
    socket.on('close', () => this.#end('closed'));
  }

  get receivedBytes(): number {
    return this.#received;
  }

  get received(): Buffer {
    return Buffer.concat(this.#pieces);
  }

  /** How the other side ended, so far: FIN, or an error code such as ECONNRESET. */
  get ending(): string | undefined {
    return this.#ending;
  }

  send(content: string | Buffer): void {
    this.socket.write(content);
  }

  /** Everything received, once it is at least that many bytes. */
  async receive(bytes: number): Promise<string> {
    await this.#until(() => this.#received >= bytes);
    return this.received.toString('latin1');
  }

  async end(): Promise<string> {
    await this.#until(() => this.#ending !== undefined);
    return this.#ending ?? '';
  }

  /** Until the socket is closed in both directions, for whatever reason. */
  async closed(): Promise<void> {
    await this.#until(() => this.socket.closed);
  }

  [Symbol.dispose](): void {
    this.socket.destroy();
  }

  #end(how: string): void {
    this.#ending ??= how;
    this.#onChange();
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        this.#onChange = resolve;
      });
    }
  }
}

export async function dial(address: string): Promise<Peer> {
  const peer = new Peer(connect({ ...parseAddress(address), allowHalfOpen: true }));
  await once(peer.socket, 'connect');
  return peer;
}

/** How an attempt to connect fails, or `connected`. */
export async function tryToDial(address: string): Promise<string> {
  const socket = connect(parseAddress(address));
  try {
    await once(socket, 'connect');
    return 'connected';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  } finally {
    socket.destroy();
  }
}

export interface Upstream extends AsyncDisposable {
  readonly address: string;
  readonly peers: readonly Peer[];
  /** The peer of the next connection that has not been taken yet. */
  accept(): Promise<Peer>;
}

export async function startUpstream(onConnection: (peer: Peer) => void = () => {}): Promise<Upstream> {
  const peers: Peer[] = [];
  let taken = 0;
  let onPeer: () => void = () => {};
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const peer = new Peer(socket);
    peers.push(peer);
    onConnection(peer);
    onPeer();
  });
  server.listen({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP server');
  return {
    address: `127.0.0.1:${address.port}`,
    peers,
    async accept() {
      for (;;) {
        const peer = peers[taken];
        if (peer !== undefined) {
          taken += 1;
          return peer;
        }
        await new Promise<void>((resolve) => {
          onPeer = resolve;
        });
      }
    },
    async [Symbol.asyncDispose]() {
      for (const peer of peers) peer.socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

export const startEcho = (): Promise<Upstream> =>
  startUpstream(({ socket }) => {
    socket.pipe(socket);
  });
