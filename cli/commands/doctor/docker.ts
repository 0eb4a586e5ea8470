// Whether a Docker engine answers. Absent is no problem: a fleet of processes needs none.
import { messageOf } from '../../errors.ts';
import { type Finding, note, ok } from './finding.ts';

export type DockerFacts = { readonly answers: true } | { readonly answers: false; readonly reason: string };

export interface DockerOptions {
  /** Overrides DOCKER_HOST and the default socket. */
  readonly socketPath?: string;
  readonly patienceMs?: number;
}

export async function lookAtDocker({ socketPath, patienceMs = 1_000 }: DockerOptions = {}): Promise<DockerFacts> {
  try {
    // Half a second to load, with all that it brings along.
    const { default: Docker } = await import('dockerode');
    const docker = new Docker(socketPath === undefined ? undefined : { socketPath });
    await docker.ping({ abortSignal: AbortSignal.timeout(patienceMs) });
    return { answers: true };
  } catch (error) {
    return { answers: false, reason: messageOf(error) };
  }
}

export function judgeDocker(facts: DockerFacts, where: string): Finding {
  if (facts.answers) return ok('docker', `an engine answers at ${where}`);
  return note(
    'docker',
    `no engine at ${where} (${facts.reason})`,
    'nothing: fleets are processes; start Docker or set DOCKER_HOST only where you want containers',
  );
}
