// The Docker engine (or Podman's socket: DOCKER_HOST), and what its refusals mean to somebody who only wants a fleet.
import type { Engine } from 'dockerode';
import { messageOf, SmartOrdersError, systemCodeOf } from '../../errors.ts';

export type { Container, Engine } from 'dockerode';

const pingPatienceMs = 5_000;

/** Errors: `docker-absent`, `docker-silent`, `docker-permission`. */
export async function connectEngine(): Promise<Engine> {
  const { default: Docker } = await import('dockerode');
  return told('asking the engine', async () => {
    const engine = new Docker();
    await engine.ping({ abortSignal: AbortSignal.timeout(pingPatienceMs) });
    return engine;
  });
}

/** Carries something out; a refusal of the engine becomes an error that says what to do. */
export async function told<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isOurs(error) ? error : engineError(what, error);
  }
}

/** An error that says already what to do, or a bug, which is not the engine's. */
const isOurs = (error: unknown): boolean =>
  error instanceof SmartOrdersError || error instanceof TypeError || error instanceof ReferenceError;

/** The engine's own HTTP status, where it answered at all. */
export const statusOf = (error: unknown): number | undefined =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;

interface Meaning {
  readonly code: string;
  readonly says: string;
  readonly hint: string;
}

/** `what`: what was being done, e.g. `starting order`. */
export function engineError(what: string, error: unknown): SmartOrdersError {
  const { code, says, hint } = meaningOf(error);
  return new SmartOrdersError(code, `${says} (${what}: ${detailOf(error)})`, { hint, cause: error });
}

// --- internal ---

const engineAt = (): string => process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock';

/** In the order of asking: the engine's words are the same since Docker 20.10, and Podman's where they differ are beside them. */
const meanings: readonly (readonly [pattern: RegExp, meaning: Meaning])[] = [
  [
    /no space left on device/i,
    {
      code: 'disk-full',
      says: 'the disk of the Docker engine is full',
      hint: 'make room: docker system df, docker system prune',
    },
  ],
  [
    /port is already allocated|address already in use/i,
    {
      code: 'port-taken',
      says: 'a port of the fleet is taken',
      hint: 'end what uses it, or move the fleet: --base-port 6000',
    },
  ],
  [
    /is already in use by container|already exists/i,
    {
      code: 'name-taken',
      says: 'containers of this name are there already',
      hint: 'remove them (docker compose down), or name this fleet: --fleet other --base-port 6000',
    },
  ],
  [
    /pull access denied|manifest (for .* not found|unknown)|no such image|not found: manifest|error pulling image/i,
    {
      code: 'image-missing',
      says: 'an image is missing and cannot be had',
      hint: 'look at its name, or name one that you have: TOXIPROXY_IMAGE, POSTGRES_IMAGE, NODE_IMAGE, SMARTORDERS_IMAGE',
    },
  ],
  [
    /\/v2\/|registry|TLS handshake|i\/o timeout|no such host|server misbehaving|x509/i,
    {
      code: 'registry-unreachable',
      says: 'the registry of images does not answer',
      hint: 'look at the network or the proxy, or name images that you have: TOXIPROXY_IMAGE, POSTGRES_IMAGE, NODE_IMAGE',
    },
  ],
];

function meaningOf(error: unknown): Meaning {
  switch (systemCodeOf(error)) {
    case 'ENOENT':
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
      return {
        code: 'docker-absent',
        says: `no Docker engine answers at ${engineAt()}`,
        hint: 'start Docker (or Podman, and set DOCKER_HOST to its socket), or do without: --driver process',
      };
    case 'ABORT_ERR':
      return {
        code: 'docker-silent',
        says: `the Docker engine at ${engineAt()} does not answer`,
        hint: 'look at it (systemctl status docker), restart it, or do without: --driver process',
      };
    case 'EACCES':
    case 'EPERM':
      return {
        code: 'docker-permission',
        says: `you may not use the Docker engine at ${engineAt()}`,
        hint: 'join its group (sudo usermod -aG docker $USER, then log in again), or do without: --driver process',
      };
    default: {
      const known = meanings.find(([pattern]) => pattern.test(detailOf(error)));
      if (known !== undefined) return known[1];
      return {
        code: 'docker',
        says: 'the Docker engine refuses',
        hint: "look at `docker info` and the engine's own log; or do without: --driver process",
      };
    }
  }
}

const detailOf = (error: unknown): string => messageOf(error).replaceAll(/\s+/g, ' ').trim();
