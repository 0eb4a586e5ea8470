import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readObject } from './testing/subject.ts';

const entry = fileURLToPath(new URL('./main.ts', import.meta.url));

const start = (args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess =>
  spawn(process.execPath, [entry, ...args], { env: { ...process.env, ...env }, stdio: 'pipe' });

const collect = (stream: NodeJS.ReadableStream | null): (() => string) => {
  let text = '';
  stream?.on('data', (bytes) => {
    text += String(bytes);
  });
  return () => text;
};

async function firstLine(child: ChildProcess): Promise<Record<string, unknown>> {
  const [bytes] = child.stdout === null ? [''] : await once(child.stdout, 'data');
  return readObject(String(bytes));
}

const exitCode = async (child: ChildProcess): Promise<unknown> => (await once(child, 'exit'))[0];

test('says where it listens, serves, and leaves on SIGTERM', async () => {
  const child = start(['-host', '127.0.0.1', '--port=0']);
  const line = await firstLine(child);
  expect(line).toMatchObject({ level: 'info', message: 'Starting Toxiproxy HTTP server', host: '127.0.0.1' });
  const response = await fetch(`http://127.0.0.1:${String(line.port)}/version`);
  expect(await response.text()).toBe('{"version": "2.12.0"}\n');
  child.kill('SIGTERM');
  expect(await exitCode(child)).toBe(0);
});

test('leaves when its stdin closes, if told to', async () => {
  const child = start(['-port', '0'], { SMARTORDERS_EXIT_WITH_STDIN: '1' });
  await firstLine(child);
  child.stdin?.end();
  expect(await exitCode(child)).toBe(0);
});

test('a port that is taken is one line on stderr and exit code 5', async () => {
  const first = start(['-host', '127.0.0.1', '-port', '0']);
  const { port } = await firstLine(first);
  const second = start(['-host', '127.0.0.1', '-port', String(port)]);
  const stderr = collect(second.stderr);
  expect(await exitCode(second)).toBe(5);
  expect(stderr()).toMatch(/^toxiproxy: the API cannot listen on 127\.0\.0\.1:\d+ \(.*EADDRINUSE.*\).*\n$/);
  first.kill('SIGTERM');
  await exitCode(first);
});

test('an unknown flag shows the usage and exits with 2', async () => {
  const child = start(['-nonsense']);
  const stderr = collect(child.stderr);
  expect(await exitCode(child)).toBe(2);
  expect(stderr()).toContain('flag provided but not defined: -nonsense\nUsage of toxiproxy:');
});
