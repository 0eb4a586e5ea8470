import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readText, root } from '../support/cli.ts';

const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;
/** nobody: an ordinary user whose home does not exist. */
const strangerUid = 65_534;

describe('the package, packed and installed elsewhere', () => {
  let folder = '';
  let bin = '';

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'smartorders-packed-'));
    chmodSync(folder, 0o755);
    const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root });
    const tarball = join(folder, stdout.trim().split('\n').at(-1) ?? '');
    await run('npm', ['init', '-y'], { cwd: folder });
    await run('npm', ['install', tarball, 'node@24'], { cwd: folder });
    bin = join(folder, 'node_modules', '.bin', 'smartorders');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds what it needs and nothing of the workshop', () => {
    const installed = readdirSync(join(folder, 'node_modules', 'smartorders')).sort();
    expect(installed).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'bin',
      'ci',
      'cli',
      'completions',
      'dist',
      'package.json',
      'scenarios',
      'schemas',
      'services',
    ]);
  });

  it.skipIf(!isRoot)('runs the main job as an ordinary user without a home or a writable system', async () => {
    const work = join(folder, 'work');
    const temporary = join(folder, 'tmp');
    for (const path of [work, temporary]) {
      mkdirSync(path, { mode: 0o700 });
      chownSync(path, strangerUid, strangerUid);
    }
    const env = { PATH: process.env.PATH, HOME: '/nonexistent', TMPDIR: temporary, NO_COLOR: '1' };
    const child = spawn(bin, ['scenario', 'run', 'payment-outage'], {
      cwd: work,
      env,
      uid: strangerUid,
      gid: strangerUid,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const [code] = await once(child, 'close');
    // Whether the system was fast enough is not asked here: a machine that is busy otherwise may leave that open.
    expect(output).toMatch(
      /✔ passed {2}all \d+ expectations hold|\? inconclusive .*(?:no processor|generator was late)/,
    );
    const [report] = readdirSync(join(work, 'reports'));
    const { verdict } = JSON.parse(readText(work, 'reports', report ?? '', 'report.json'));
    expect([code, verdict]).toEqual(verdict === 'passed' ? [0, 'passed'] : [2, 'inconclusive']);
    const left = readdirSync(join(temporary, `smartorders-${strangerUid}`));
    expect(left.filter((name) => name.startsWith('run-'))).toEqual([]);
  });
});
