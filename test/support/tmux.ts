// A real terminal: tmux runs a shell in it, types its keys and reads its screen.
import { execFileSync, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './cli.ts';

export interface Tmux extends Disposable {
  /** Keys by tmux's names; a text that is no name is typed. */
  keys(...keys: string[]): void;
  /** Types a line of the shell. */
  type(line: string): void;
  screen(): string;
  /** Resolves with the screen once it matches. */
  shows(pattern: RegExp, patienceMs?: number): Promise<string>;
  resize(columns: number, rows: number): void;
  /** Whether the cursor is visible, and whether the alternate screen is on. */
  state(): { readonly cursor: boolean; readonly alternate: boolean };
}

export interface TmuxOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly columns?: number;
  readonly rows?: number;
}

let count = 0;

export const hasTmux = spawnSync('tmux', ['-V']).status === 0;

export function aTmux({ cwd, env, columns = 100, rows = 30 }: TmuxOptions): Tmux {
  count += 1;
  const socket = `smartorders-${process.pid}-${count}`;
  const tmux = (...args: string[]): string =>
    execFileSync('tmux', ['-L', socket, ...args], { cwd, env, encoding: 'utf8' });
  const shell = 'env -u CI PS1="ready> " bash --norc --noprofile';
  tmux('-f', '/dev/null', 'new-session', '-d', '-x', String(columns), '-y', String(rows), shell);
  const screen = (): string => tmux('capture-pane', '-p').trimEnd();
  const keys = (...names: string[]): void => void tmux('send-keys', ...names);
  return {
    keys,
    screen,
    type: (line) => {
      tmux('send-keys', '-l', line);
      keys('Enter');
    },
    shows: async (pattern, patienceMs = 60_000) => {
      const until = performance.now() + patienceMs;
      for (;;) {
        const seen = screen();
        if (pattern.test(seen)) return seen;
        if (performance.now() > until) throw new Error(`the screen never showed ${pattern}; it shows:\n${seen}`);
        await sleep(100);
      }
    },
    resize: (width, height) => void tmux('resize-window', '-x', String(width), '-y', String(height)),
    state: () => {
      const [cursor, alternate] = tmux('display-message', '-p', '#{cursor_flag} #{alternate_on}').trim().split(' ');
      return { cursor: cursor === '1', alternate: alternate === '1' };
    },
    [Symbol.dispose]: () => void spawnSync('tmux', ['-L', socket, 'kill-server']),
  };
}

/** The command line as it is typed in such a shell. */
export const smartorders = `'${process.execPath}' '${root}dist/cli/main.js'`;
