import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeFolder } from './make-folder.ts';

it('makes a folder and those above it, and leaves one that is there', () => {
  const place = mkdtempSync(join(tmpdir(), 'smartorders-folder-'));
  const folder = join(place, 'a', 'b');

  makeFolder(folder);
  makeFolder(folder);
  writeFileSync(join(place, 'file'), '');

  expect(statSync(folder).isDirectory()).toBe(true);
  expect(() => makeFolder(join(place, 'file'))).toThrow(/EEXIST/);
  expect(() => makeFolder(join(place, 'file', 'c'))).toThrow(/ENOTDIR|EEXIST/);
  rmSync(place, { recursive: true });
});

// In a process of its own: what never returns would hold up all tests.
it.runIf(process.platform === 'linux')('says that /proc takes no folder, instead of trying for ever', () => {
  const module = JSON.stringify(new URL('make-folder.ts', import.meta.url).href);
  const code = `const { makeFolder } = await import(${module}); makeFolder('/proc/smartorders/reports');`;

  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    timeout: 20_000,
    killSignal: 'SIGKILL',
    encoding: 'utf8',
  });

  expect([status, stderr]).toEqual([1, expect.stringMatching(/ENOENT.*mkdir '\/proc\/smartorders'/)]);
});
