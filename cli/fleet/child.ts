// One child process of the keeper: its pid, its log file, its end. Closing its stdin asks it to leave.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { type ProcessRef, refTo } from './pid.ts';

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Child {
  readonly name: string;
  readonly ref: ProcessRef;
  readonly logFile: string;
  readonly exited: Promise<Exit>;
  /** The exit once it has happened. */
  exit(): Exit | null;
  closeStdin(): void;
  kill(signal: NodeJS.Signals): void;
}

export interface ChildOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
  readonly cwd?: string;
  /** Run as this user and group id (Linux and macOS, as root only). */
  readonly uid?: number;
}

export function startChild({ name, command, args, env, logFile, cwd, uid }: ChildOptions): Child {
  const log = openSync(logFile, 'a', 0o600);
  const child: ChildProcess = spawn(command, args, {
    env,
    stdio: ['pipe', log, log],
    ...(cwd === undefined ? {} : { cwd }),
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  closeSync(log);
  let exit: Exit | null = null;
  const exited = new Promise<Exit>((resolve) => {
    const leave = (how: Exit): void => {
      exit = how;
      resolve(how);
    };
    child.once('error', () => leave({ code: null, signal: null }));
    child.once('exit', (code, signal) => leave({ code, signal }));
  });
  child.stdin?.on('error', () => {
    // The child left first: nothing to tell it any more.
  });
  return {
    name,
    ref: refTo(child.pid ?? -1),
    logFile,
    exited,
    exit: () => exit,
    closeStdin: () => child.stdin?.destroy(),
    kill: (signal) => child.kill(signal),
  };
}

/** The last lines of a log, for an error message. */
export function tailOf(logFile: string, lineCount = 12): readonly string[] {
  try {
    return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lineCount);
  } catch {
    return [];
  }
}
