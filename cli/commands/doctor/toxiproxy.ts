// The Toxiproxy: that the embedded one starts and answers, and whether the real one is there too.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { z } from 'zod';
import { SmartOrdersError } from '../../errors.ts';
import { connectLinks, toxiproxyUrl } from '../../fleet/links.ts';
import { type Finding, ok } from './finding.ts';

export interface ToxiproxyFacts {
  /** From its start to its first answer, ms. */
  readonly embeddedMs: number;
  /** What the real one says of its version; null: there is none in PATH. */
  readonly real: string | null;
}

export function judgeToxiproxy({ embeddedMs, real }: ToxiproxyFacts): Finding {
  const other = real === null ? 'no toxiproxy-server in PATH (none is needed)' : `in PATH: ${real}`;
  return ok('toxiproxy', `the embedded one answers after ${Math.round(embeddedMs)} ms; ${other}`);
}

/** Either takes a third of a second where nothing else runs. */
const patienceMs = 5_000;

const startedSchema = z.object({ port: z.int() });

/** Starts the embedded one on a free port, asks it something, and waits until it has left again. */
export async function tryEmbedded(programs: string, env: NodeJS.ProcessEnv): Promise<number> {
  const startedAt = performance.now();
  const program = join(programs, 'toxiproxy', 'main.js');
  const child = spawn(process.execPath, [program, '-host', '127.0.0.1', '-port', '0'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...env, SMARTORDERS_EXIT_WITH_STDIN: '1' },
    timeout: patienceMs,
    killSignal: 'SIGKILL',
  });
  const left = once(child, 'exit');
  try {
    const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), left]);
    if (typeof line !== 'string') throw new Error('it left before it was ready');
    await connectLinks(toxiproxyUrl({ toxiproxy: startedSchema.parse(JSON.parse(line)).port })).list();
    return performance.now() - startedAt;
  } catch (cause) {
    throw new SmartOrdersError('toxiproxy', `the embedded Toxiproxy in ${programs} does not start or answer`, {
      hint: 'install the package again, or run `npm run build` in a checkout',
      cause,
    });
  } finally {
    child.stdin.end();
    await left;
  }
}

/** `-version` of the first `toxiproxy-server` in PATH. */
export const realVersion = (env: NodeJS.ProcessEnv): Promise<string | null> =>
  promisify(execFile)('toxiproxy-server', ['-version'], { env, timeout: patienceMs }).then(
    ({ stdout }) => stdout.trim(),
    () => null,
  );
