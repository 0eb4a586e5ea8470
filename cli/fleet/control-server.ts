// The keeper's end of the control socket: authenticates, hands each request to the keeper, tells it when a client is gone.
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { messageOf, SmartOrdersError } from '../errors.ts';
import { type ControlMessage, type ControlPush, type ControlRequest, requestSchema } from './control-protocol.ts';

export interface ControlClient {
  readonly id: number;
}

export interface ControlHandlers {
  /** Resolves with what the client is answered, if anything. Throws a SmartOrdersError to refuse. */
  handle(request: ControlRequest, client: ControlClient): Promise<unknown>;
  gone(client: ControlClient): void;
}

export interface ControlServer {
  readonly port: number;
  broadcast(push: ControlPush): void;
  /** To one client; one that has left is told nothing. */
  push(client: number, push: ControlPush): void;
  /** Resolves when every client has left, at the latest after half a second. */
  close(): Promise<void>;
}

export interface ControlServerOptions extends ControlHandlers {
  /** 0: any free one. */
  readonly port: number;
  readonly token: string;
}

const closePatienceMs = 500;

export function serveControl({ port, token, handle, gone }: ControlServerOptions): Promise<ControlServer> {
  const sockets = new Map<Socket, ControlClient>();
  let lastClient = 0;
  const send = (socket: Socket, message: ControlMessage): void => {
    if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
  };

  async function answer(socket: Socket, line: string): Promise<void> {
    const request = requestSchema.safeParse(parseJson(line));
    if (!request.success) return void socket.destroy();
    const { data } = request;
    if (data.op === 'hello') {
      if (data.token !== token) return void socket.destroy();
      lastClient += 1;
      sockets.set(socket, { id: lastClient });
    }
    const client = sockets.get(socket);
    if (client === undefined) return void socket.destroy();
    try {
      const result = await handle(data, client);
      send(socket, { id: data.id, ok: true, ...(result === undefined ? {} : { result }) });
    } catch (error) {
      send(socket, { id: data.id, ok: false, error: failureOf(error) });
    }
  }

  const server = createServer((socket) => {
    socket.setNoDelay(true);
    socket.on('error', () => {
      // 'close' follows.
    });
    socket.on('close', () => {
      const client = sockets.get(socket);
      sockets.delete(socket);
      if (client !== undefined) gone(client);
    });
    createInterface({ input: socket }).on('line', (line) => void answer(socket, line));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      resolve({
        port: address === null || typeof address === 'string' ? port : address.port,
        broadcast: (push) => {
          for (const socket of sockets.keys()) send(socket, push);
        },
        push: (client, push) => {
          for (const [socket, { id }] of sockets) if (id === client) send(socket, push);
        },
        close: async () => {
          const timer = setTimeout(() => {
            for (const socket of sockets.keys()) socket.destroy();
          }, closePatienceMs);
          const closed = new Promise<void>((done) => server.close(() => done()));
          for (const socket of sockets.keys()) socket.end();
          await closed;
          clearTimeout(timer);
        },
      });
    });
  });
}

function failureOf(error: unknown) {
  if (!(error instanceof SmartOrdersError)) return { code: 'keeper', message: messageOf(error) };
  const { code, message, hint, exitCode } = error;
  return { code, message, exitCode, ...(hint === undefined ? {} : { hint }) };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
