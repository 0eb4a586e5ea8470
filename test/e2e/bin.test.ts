import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { root } from '../support/cli.ts';

interface Place extends Disposable {
  readonly folder: string;
  /** Runs the bin on a Node that claims to be this version (or is on this platform). */
  run(
    claim: { version?: string; platform?: string },
    ...args: string[]
  ): Promise<{ code: number; stdout: string; stderr: string }>;
}

/** A folder with the bin alone: nothing built, no Node brought along. */
function aBarePlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'smartorders-bin-'));
  mkdirSync(join(folder, 'bin'));
  const bin = join(folder, 'bin', 'smartorders.cjs');
  copyFileSync(join(root, 'bin', 'smartorders.cjs'), bin);
  const preload = join(folder, 'claim.cjs');
  return {
    folder,
    run: async ({ version = process.versions.node, platform = process.platform }, ...args) => {
      const define = (object: string, name: string, value: string): string =>
        `Object.defineProperty(${object}, '${name}', { value: ${value} });`;
      // The Node that the bin starts must not claim the same.
      const versions = define('process', 'versions', `Object.assign({}, process.versions, { node: '${version}' })`);
      writeFileSync(preload, `${versions} ${define('process', 'platform', `'${platform}'`)}`);
      return promisify(execFile)(process.execPath, ['-r', preload, bin, ...args]).then(
        ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
        ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
      );
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

describe('the bin', () => {
  it('says in one line what to do where no Node is new enough', async () => {
    using place = aBarePlace();
    const { code, stderr } = await place.run({ version: '18.20.0' }, '--version');
    expect(code).toBe(5);
    expect(stderr).toMatch(/^smartorders: needs Node 22\.19 or newer, this is 18\.20\.0\. .*npm ci.*\n$/);
  });

  it('says in one line what to do where it is not built, as after npm ci --ignore-scripts', async () => {
    using place = aBarePlace();
    const { code, stderr } = await place.run({}, '--version');
    expect(code).toBe(5);
    expect(stderr).toMatch(/^smartorders: is not built yet\. Run `npm run build` in .*\n$/);
  });

  it('starts the Node that npm ci brought where its own is too old', async () => {
    using place = aBarePlace();
    const brought = join(place.folder, 'node_modules', 'node', 'bin');
    mkdirSync(brought, { recursive: true });
    symlinkSync(process.execPath, join(brought, 'node'));
    cpSync(join(root, 'dist'), join(place.folder, 'dist'), { recursive: true });
    copyFileSync(join(root, 'package.json'), join(place.folder, 'package.json'));
    for (const name of ['commander', 'chalk', 'zod', 'yaml', 'undici', 'toxiproxy-node-client']) {
      const link = join(place.folder, 'node_modules', name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(root, 'node_modules', name), link);
    }
    const { code, stdout } = await place.run({ version: '18.20.0' }, '--version');
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
    const failing = await place.run({ version: '18.20.0' }, 'frobnicate');
    expect(failing.code).toBe(3);
  });

  it('names WSL2 on Windows', async () => {
    using place = aBarePlace();
    const { code, stderr } = await place.run({ platform: 'win32' }, '--version');
    expect(code).toBe(5);
    expect(stderr).toMatch(/WSL2/);
  });

  it.runIf(existsSync('/dev/full'))('does not end as if all were well where a full disk took no output', () => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'bin/smartorders.cjs'), 'schema'], {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(full);

    expect([status, stderr]).toEqual([5, expect.stringMatching(/^error: cannot write .*ENOSPC.*\n {2}what to do: /)]);
  });

  it('ends with what it found out, and without a word, where nobody read its output to the end', async () => {
    const calm = join(root, 'test/scenarios/calm.yaml');
    const child = spawn(process.execPath, [join(root, 'bin/smartorders.cjs'), 'breakers', 'lint', calm], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
    child.stdout.destroy();

    expect([await once(child, 'close'), said]).toEqual([[1, null], []]);
  });
});
