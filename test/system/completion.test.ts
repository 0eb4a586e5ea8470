import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { eventuallyNothing, root } from '../support/cli.ts';

const isThere = (program: string, flag: string): boolean => spawnSync(program, [flag]).status === 0;
const hasTmux = isThere('tmux', '-V');

interface Shell extends Disposable {
  type(...keys: string[]): void;
  shows(pattern: RegExp): Promise<void>;
}

/** `program`: what `smartorders` is, as a shell script. */
interface ShellOptions {
  readonly command: string;
  readonly program: string;
}

/** An interactive shell without anybody's settings, on a terminal of its own. */
function aShell({ command, program }: ShellOptions): Shell {
  const folder = mkdtempSync(join(tmpdir(), 'smartorders-tab-'));
  const env = { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, PATH: `${folder}:${process.env.PATH ?? ''}` };
  const tmux = (...args: string[]): string =>
    execFileSync('tmux', ['-S', join(folder, 'socket'), ...args], { encoding: 'utf8', env });
  writeFileSync(join(folder, 'smartorders'), `#!/bin/sh\n${program}\n`);
  chmodSync(join(folder, 'smartorders'), 0o755);
  tmux('-f', '/dev/null', 'new-session', '-d', '-x', '120', '-y', '40', command);
  return {
    type: (...keys) => void tmux('send-keys', ...keys),
    shows: (pattern) =>
      eventuallyNothing(async () => {
        const screen = tmux('capture-pane', '-p', '-S', '-200');
        return pattern.test(screen) ? [] : [`no ${pattern} in\n${screen}`];
      }, 20_000),
    [Symbol.dispose]: () => {
      tmux('kill-server');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const ours = `exec '${process.execPath}' '${join(root, 'dist/cli/main.js')}' "$@"`;
const oneLink = `printf 'order:payment\\t\\n'`;

const shells = [
  { name: 'bash', command: 'bash --norc', load: `source ${root}completions/smartorders.bash` },
  {
    name: 'zsh',
    command: 'zsh -f',
    load: `autoload -Uz compinit; compinit -D -u; source ${root}/completions/smartorders.zsh`,
  },
  { name: 'fish', command: 'fish --no-config', load: `source ${root}completions/smartorders.fish` },
].map((shell) => ({ ...shell, isMissing: !hasTmux || !isThere(shell.name, '--version') }));

describe.each(shells)('the tab key in $name', ({ command, load, isMissing }) => {
  it.skipIf(isMissing)('completes commands and scenarios', async () => {
    using shell = aShell({ command, program: ours });
    shell.type(`${load}; echo loaded-"2"`, 'Enter');
    await shell.shows(/^loaded-2/m);
    shell.type('smartorders scen', 'Tab', 'val', 'Tab', 'payment-out', 'Tab', 'x');
    await shell.shows(/smartorders scenario validate payment-outage x/);
  });

  it.skipIf(isMissing)('completes a link past its colon', async () => {
    using shell = aShell({ command, program: oneLink });
    shell.type(`${load}; echo loaded-"2"`, 'Enter');
    await shell.shows(/^loaded-2/m);
    shell.type('smartorders link ord', 'Tab', 'x');
    await shell.shows(/smartorders link order:payment x/);
    shell.type('C-c');
    shell.type('smartorders link order:pa', 'Tab', 'y');
    await shell.shows(/smartorders link order:payment y/);
  });
});
