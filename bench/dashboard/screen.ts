// A program on a terminal of its own, by util-linux' `script`: its pid, and all that it draws, each piece with its moment.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { StringDecoder } from 'node:string_decoder';
import { familyOf } from '../pss.ts';

/** `at`: CLOCK_MONOTONIC ms when it came out of the terminal. */
export interface Drawn {
  readonly at: number;
  readonly text: string;
}

export interface Screen {
  readonly drawn: readonly Drawn[];
  /** Of the program itself. */
  pid(): number;
  /** Resolves once this has been drawn. */
  shows(text: string): Promise<void>;
  type(keys: string): void;
  readonly closed: Promise<unknown>;
}

export interface ScreenOptions {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly columns: number;
  readonly rows: number;
}

export function onScreen({ command, cwd, env, columns, rows }: ScreenOptions): Screen {
  const quoted = command.map((word) => `'${word}'`).join(' ');
  const shell = `stty cols ${columns} rows ${rows}; exec ${quoted}`;
  const { CI: _, ...rest } = env;
  const child = spawn('script', ['--quiet', '--flush', '--command', shell, '/dev/null'], {
    cwd,
    env: { ...rest, TERM: 'xterm-256color' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const drawn: Drawn[] = [];
  const waiting = new Set<() => void>();
  const decoder = new StringDecoder('utf8');
  child.stdout.on('data', (bytes: Buffer) => {
    drawn.push({ at: Number(process.hrtime.bigint()) / 1e6, text: decoder.write(bytes) });
    for (const look of waiting) look();
  });
  const closed = once(child, 'close');
  return {
    drawn,
    closed,
    pid: () => familyOf(child.pid ?? -1).at(-1) ?? -1,
    type: (keys) => void child.stdin.write(keys),
    shows: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!drawn.some((piece) => piece.text.includes(text))) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
        void closed.then(() => reject(new Error(`the terminal closed and never showed ${text}`)));
      }),
  };
}
