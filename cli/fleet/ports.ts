// Finding out which ports are free, and who holds one that is not.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { type Ports, portCount, portsOf } from '../../services/fleet.ts';
import { SmartOrdersError, systemCodeOf } from '../errors.ts';

const host = '127.0.0.1';

export const allPorts = ({ services, database, links, toxiproxy }: Ports): readonly number[] => [
  ...Object.values(services),
  database,
  ...Object.values(links),
  toxiproxy,
];

/** Binds a port and lets go of it again. Throws what is not about the port being taken. */
export async function isFree(port: number): Promise<boolean> {
  const server = await claim(port);
  if (server === null) return false;
  await close(server);
  return true;
}

export interface TakenPort {
  readonly port: number;
  /** null: the system does not tell. */
  readonly owner: { readonly pid: number; readonly name: string } | null;
}

export async function takenOf(ports: readonly number[]): Promise<readonly TakenPort[]> {
  const taken: TakenPort[] = [];
  for (const port of ports) if (!(await isFree(port))) taken.push({ port, owner: ownerOf(port) });
  return taken;
}

/** `port 5000 is taken by pid 4711 (node)`. */
export function describeTaken({ port, owner }: TakenPort): string {
  const name = owner === null || owner.name === '' ? '' : ` (${owner.name})`;
  const by = owner === null ? '' : ` by pid ${owner.pid}${name}`;
  const isAirPlay = process.platform === 'darwin' && (port === 5000 || port === 7000);
  const airPlay = ' (on macOS usually AirPlay Receiver: System Settings > General > AirDrop & Handoff)';
  return `port ${port} is taken${by}${isAirPlay ? airPlay : ''}`;
}

/** Exit 5 with every taken port, its owner where the system tells, and the way out. */
export async function assertFree(ports: readonly number[]): Promise<void> {
  const taken = await takenOf(ports);
  if (taken.length === 0) return;
  throw new SmartOrdersError('port-taken', taken.map(describeTaken).join('; '), {
    hint: 'free it, or shift the whole fleet: --base-port 6000',
  });
}

export interface FreeBlock {
  readonly ports: Ports;
  readonly controlPort: number;
}

/**
 * Free ports for an ephemeral fleet, side by side below the range that the system gives to outgoing connections.
 * The caller binds `controlPort` first: whoever holds it holds the block.
 */
export async function freeBlock(random: () => number): Promise<FreeBlock> {
  const size = portCount + 1;
  const [lowest, highest] = [12_000, 32_000];
  const blocks = Math.floor((highest - lowest) / size);
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const base = lowest + Math.floor(random() * blocks) * size;
    const block = Array.from({ length: size }, (_, index) => base + index);
    if (await areFree(block)) return { controlPort: base, ports: portsOf(block.slice(1)) };
  }
  throw new SmartOrdersError('no-free-ports', `no ${size} free ports side by side between ${lowest} and ${highest}`, {
    hint: 'end some servers on this machine',
  });
}

/** Two ends in one: `null` when the port is taken. */
export function claim(port: number): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      if (systemCodeOf(error) === 'EADDRINUSE') resolve(null);
      else reject(new SmartOrdersError('port', `cannot listen on port ${port}: ${error.message}`, { cause: error }));
    });
    server.listen({ port, host, exclusive: true }, () => resolve(server));
  });
}

const close = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

async function areFree(ports: readonly number[]): Promise<boolean> {
  for (const port of ports) if (!(await isFree(port))) return false;
  return true;
}

function ownerOf(port: number): TakenPort['owner'] {
  const pid = process.platform === 'linux' ? linuxOwner(port) : portableOwner(port);
  return pid === null ? null : { pid, name: lines(`/proc/${pid}/comm`)[0] ?? '' };
}

/** The listener's inode from /proc/net/tcp and tcp6, then the process that has it open (ours, or any as root). */
function linuxOwner(port: number): number | null {
  const inodes = new Set(['tcp', 'tcp6'].flatMap((table) => listenerInodes(table, port)));
  if (inodes.size === 0) return null;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (openInodes(pid).some((inode) => inodes.has(inode))) return Number(pid);
  }
  return null;
}

function listenerInodes(table: string, port: number): readonly string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const listening = '0A';
  return lines(`/proc/net/${table}`)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(suffix) === true && fields[3] === listening)
    .flatMap((fields) => fields[9] ?? []);
}

function openInodes(pid: string): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      const inode = /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${fd}`))?.[1];
      return inode === undefined ? [] : [inode];
    });
  } catch {
    return [];
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function lines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

function portableOwner(port: number): number | null {
  try {
    const output = execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'], { encoding: 'utf8' });
    const pid = Number.parseInt(output, 10);
    return Number.isNaN(pid) ? null : pid;
  } catch {
    return null;
  }
}
