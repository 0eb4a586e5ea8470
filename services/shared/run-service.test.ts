// Real processes: how a service starts, refuses to start and ends.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { packageRoot } from './package-root.ts';

const gatewayEnvironment = {
  PORT: '0',
  ADMIN_TOKEN: 'secret',
  USER_URL: 'http://127.0.0.1:1',
  ORDER_URL: 'http://127.0.0.1:1',
  INVENTORY_URL: 'http://127.0.0.1:1',
};

const startGateway = (environment: Readonly<Record<string, string>>): ChildProcess =>
  spawn(process.execPath, [join(packageRoot(import.meta.url), 'services/gateway/main.ts')], {
    env: environment,
    stdio: 'pipe',
  });

async function endOf(child: ChildProcess): Promise<{ readonly code: unknown; readonly stderr: string }> {
  const [[code], stderr] = await Promise.all([once(child, 'exit'), child.stderr === null ? '' : text(child.stderr)]);
  return { code, stderr };
}

const untilReady = async ({ stdout }: ChildProcess): Promise<void> => {
  if (stdout === null) throw new Error('no stdout');
  for await (const lines of stdout) if (String(lines).includes('"ready"')) return;
  throw new Error('the service ended before it was ready');
};

describe('a service process', { timeout: 30_000 }, () => {
  it('leaves with 5 and every problem of its environment', async () => {
    const { code, stderr } = await endOf(startGateway({ ...gatewayEnvironment, PORT: 'x', USER_URL: '' }));
    expect([code, stderr.trim().split('\n').length]).toEqual([5, 2]);
  });

  it('leaves with 5 and one line that names a taken port', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = String(typeof address === 'object' ? address?.port : address);
    const { code, stderr } = await endOf(startGateway({ ...gatewayEnvironment, PORT: port }));
    other.close();
    expect(code).toBe(5);
    expect(stderr).toBe(
      `smartorders gateway: port ${port} on 127.0.0.1 is taken: stop what uses it or set another PORT\n`,
    );
  });

  it('leaves with 0 as soon as its stdin closes', async () => {
    const child = startGateway({ ...gatewayEnvironment, SMARTORDERS_EXIT_WITH_STDIN: '1' });
    const ended = endOf(child);
    await untilReady(child);
    child.stdin?.end();
    expect(await ended).toEqual({ code: 0, stderr: '' });
  });

  it('leaves with 0 on SIGTERM', async () => {
    const child = startGateway(gatewayEnvironment);
    const ended = endOf(child);
    await untilReady(child);
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, stderr: '' });
  });
});
