// Five hello-world processes of bench/hello.ts. It holds no types, and is run as JavaScript: stripping types at each start
// would flatter our fleet.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { root } from '../test/support/cli.ts';

export interface HelloFleet extends Disposable {
  /** Starts one process per port, in parallel, until each answers 200; ends them again. Answers with the ms it took. */
  round(ports: readonly number[]): Promise<number>;
}

const pollMs = 5;

/** `compileCache`: gives Node a compile cache, as our own fleet has. */
export function helloFleet({ compileCache }: { readonly compileCache: boolean }): HelloFleet {
  const folder = mkdtempSync(join(tmpdir(), 'smartorders-hello-'));
  const program = join(folder, 'hello.mjs');
  copyFileSync(join(root, 'bench/hello.ts'), program);
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  const cache = compileCache ? { NODE_COMPILE_CACHE: join(folder, 'cache') } : {};

  const start = (port: number): ChildProcess =>
    spawn(process.execPath, [program], {
      env: { ...process.env, NODE_ENV: 'production', PORT: String(port), ...cache },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  return {
    round: async (ports) => {
      const startedAt = performance.now();
      const children = ports.map(start);
      await Promise.all(ports.map(untilAnswers));
      const took = performance.now() - startedAt;
      const exits = children.map((child) => once(child, 'exit'));
      for (const child of children) child.kill('SIGTERM');
      await Promise.all(exits);
      return took;
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function untilAnswers(port: number): Promise<void> {
  for (;;) {
    const status = await request(`http://127.0.0.1:${port}/`).then(
      async ({ statusCode, body }) => {
        await body.dump();
        return statusCode;
      },
      () => 0,
    );
    if (status === 200) return;
    await sleep(pollMs);
  }
}
