import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aWorld, root } from '../support/cli.ts';

interface Bash extends Disposable {
  readonly folder: string;
  /** What the sourced script replies to these COMP_WORDS, the cursor in the last one. */
  replies(words: readonly string[], breaks?: string): readonly string[];
}

/** readline's own. */
const wordBreaks = ` \t\n"'><=;|&(:`;

/** A bash that finds this program under the name `smartorders`. */
function aBash(program: string): Bash {
  const folder = mkdtempSync(join(tmpdir(), 'smartorders-bash-'));
  writeFileSync(join(folder, 'smartorders'), program);
  chmodSync(join(folder, 'smartorders'), 0o755);
  const script = `source "$SCRIPT"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_WORDBREAKS=$BREAKS
_smartorders; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return {
    folder,
    replies: (words, breaks = wordBreaks) =>
      execFileSync('bash', ['--norc', '-uc', script, 'bash', ...words], {
        cwd: folder,
        encoding: 'utf8',
        env: {
          PATH: `${folder}:${process.env.PATH ?? ''}`,
          SCRIPT: join(root, 'completions', 'smartorders.bash'),
          BREAKS: breaks,
          XDG_STATE_HOME: join(folder, 'state'),
        },
      })
        .split('\n')
        .filter((line) => line !== ''),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const ours = `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'dist/cli/main.js')}' "$@"\n`;
/** Keeps what it was asked in a file, and replies two links, which stand after `prefix`. */
const anEcho = (prefix = '') => `#!/bin/sh
shift 2
for word; do printf '|%s' "$word"; done > asked
printf '%s\\tx\\n' '${prefix}order:payment' '${prefix}order:inventory'
`;

describe('completion in bash', () => {
  it('knows commands, subcommands, options, and the scenarios of the working folder', () => {
    using bash = aBash(ours);
    mkdirSync(join(bash.folder, 'scenarios'));
    writeFileSync(join(bash.folder, 'scenarios', 'my-own.yaml'), '');
    expect(bash.replies(['smartorders', 'sta'])).toEqual(['status']);
    expect(bash.replies(['smartorders', 'scenario', ''])).toEqual(expect.arrayContaining(['list', 'run', 'validate']));
    expect(bash.replies(['smartorders', 'scenario', 'run', '--ep'])).toEqual(['--ephemeral']);
    expect(bash.replies(['smartorders', 'scenario', 'run', 'my'])).toEqual(['my-own']);
    expect(bash.replies(['smartorders', 'scenario', 'run', 'payment-out'])).toEqual(['payment-outage']);
    expect(bash.replies(['smartorders', 'report', '--reports', ''])).toEqual([]);
  });

  it.each([
    [['order'], ['order:payment', 'order:inventory'], '|link|order'],
    [['order', ':'], ['payment', 'inventory'], '|link|order:'],
    [['order', ':', 'pay'], ['payment', 'inventory'], '|link|order:pay'],
    [['order', ':', 'payment', ''], ['order:payment', 'order:inventory'], '|link|order:payment|'],
  ])('puts %j together and replies what bash will replace', (words, expected, asked) => {
    using bash = aBash(anEcho());
    expect(bash.replies(['smartorders', 'link', ...words])).toEqual(expected);
    expect(execFileSync('cat', [join(bash.folder, 'asked')], { encoding: 'utf8' })).toBe(asked);
  });

  it('puts an option and its value together, too', () => {
    using bash = aBash(anEcho('--link='));
    expect(bash.replies(['smartorders', '--link', '='])).toEqual(['order:payment', 'order:inventory']);
    expect(bash.replies(['smartorders', '--link', '=', 'order', ':', 'p'])).toEqual(['payment', 'inventory']);
  });

  it('leaves words whole where bash does not cut them', () => {
    using bash = aBash(anEcho());
    expect(bash.replies(['smartorders', 'link', 'order:pay'], ' \t\n')).toEqual(['order:payment', 'order:inventory']);
  });
});

describe('completion', () => {
  it('names services and runs, and no fleet where none is up', async () => {
    await using world = aWorld();
    const folder = join(world.cwd, 'reports', 'calm-1');
    mkdirSync(folder, { recursive: true });
    const start = { at: 0, type: 'run.started', run: 'calm-1', scenario: { name: 'calm' }, startedAt: '2026-11-01' };
    writeFileSync(join(folder, 'journal.ndjson'), `${JSON.stringify(start)}\n`);
    expect((await world.run('__complete', '--', 'report', '')).stdout).toBe('latest\t\ncalm-1\t');
    expect((await world.run('__complete', '--', 'logs', 'pay')).stdout).toBe('payment\t');
    expect(await world.run('__complete', '--', 'status', '--fleet', '')).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it.each(['bash', 'zsh', 'fish'])('prints the script of %s', async (shell) => {
    await using world = aWorld();
    const { code, stdout } = await world.run('completion', shell);
    expect(code).toBe(0);
    expect(stdout).toMatch(/__complete/);
  });
});
