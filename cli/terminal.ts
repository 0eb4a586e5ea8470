// What commands may use of the process: where to write, whether anybody looks, the environment. Built once, in main.ts.
import { Chalk } from 'chalk';
import { SmartOrdersError } from './errors.ts';
import { type Paint, plain } from './report/paint.ts';

export interface Terminal {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly paint: Paint;
  /** Absent: output goes to no terminal. */
  readonly size?: TerminalSize;
}

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** In the environment of a process whose lines are shown on a terminal by another one. */
export const paintVariable = 'SMARTORDERS_PAINT';

export interface TerminalOptions {
  /** `--no-color` was given. */
  readonly noColor: boolean;
}

export function processTerminal({ noColor }: TerminalOptions): Terminal {
  const { stdout, stderr, env } = process;
  for (const stream of [stdout, stderr]) stream.on('error', outputFailed);
  // https://no-color.org: present and not empty, whatever its value.
  const isSeen = stdout.isTTY === true || env[paintVariable] !== undefined;
  const isPlain = noColor || (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb' || !isSeen;
  return {
    out: (line) => void stdout.write(`${line}\n`),
    err: (line) => void stderr.write(`${line}\n`),
    env,
    cwd: process.cwd(),
    paint: isPlain ? plain : coloured(),
    ...(stdout.isTTY === true ? { size: { columns: stdout.columns, rows: stdout.rows } } : {}),
  };
}

let isGone = false;

/**
 * `smartorders status | head` is no error, and what a command found out by then is its exit code all the same. A run whose reader
 * or terminal is gone stops and undoes, as on a hang-up. Output that a full disk did not take must not look whole.
 */
export function outputFailed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && error.code !== 'EIO') {
    throw new SmartOrdersError('output', `cannot write what there is to say: ${error.message}`, {
      hint: 'send it to a disk with room',
      cause: error,
    });
  }
  if (isGone) return;
  isGone = true;
  if (process.listenerCount('SIGHUP') > 0) process.emit('SIGHUP', 'SIGHUP');
  else process.exit();
}

function coloured(): Paint {
  const chalk = new Chalk({ level: 1 });
  return { ok: chalk.green, bad: chalk.red, warn: chalk.yellow, dim: chalk.dim, bold: chalk.bold };
}
