// A listening socket for a proxy. A failure carries the text the real server would answer with.
import { createServer, type Server, type Socket } from 'node:net';
import { everyInterface, formatAddress, type HostPort } from './address.ts';
import { socketOptions } from './connection.ts';

export interface Listener {
  readonly address: HostPort;
  /** Frees the port at once; connections already accepted stay. */
  close(): void;
}

export class ListenError extends Error {}

export async function listen(wanted: HostPort, onClient: (client: Socket) => void): Promise<Listener> {
  const server = createServer({ ...socketOptions, pauseOnConnect: true }, onClient);
  try {
    await bind(server, wanted);
  } catch (cause) {
    throw new ListenError(describeFailure(wanted, cause), { cause });
  }
  // An accept can fail later (out of file descriptors); without a listener this would end the process.
  server.on('error', () => {});
  const address = server.address();
  const bound =
    address === null || typeof address === 'string' ? wanted : { host: address.address, port: address.port };
  return { address: bound, close: () => void server.close() };
}

function bind(server: Server, { host, port }: HostPort): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // Without a host Node takes both families, or IPv4 alone on a machine that has no IPv6.
    server.listen(host === everyInterface ? { port } : { host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'address already in use',
  EADDRNOTAVAIL: 'cannot assign requested address',
  EACCES: 'permission denied',
};

function describeFailure(wanted: HostPort, cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  return `listen tcp ${formatAddress(wanted)}: bind: ${reasons[code] ?? code}`;
}
