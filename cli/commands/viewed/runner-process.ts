// A run as a process of its own, in its own session: Ctrl-C and Ctrl-Z reach whoever shows it, a slow screen delays nothing.
// Its output goes to a file, since a pipe that nobody empties would hold it up. When we die it hears that on its channel.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Paint, plain } from '../../report/paint.ts';
import { paintVariable } from '../../terminal.ts';
import { recordOf, type ViewRecord, viewedVariable } from './records.ts';
import { terminalNow, terminalVariable } from './rescue.ts';

export interface RunnerProcess extends Disposable {
  /** Resolves when it has left and all it said has been heard. */
  readonly exited: Promise<number>;
  kill(signal: NodeJS.Signals): void;
}

export interface RunnerOptions {
  /** The words of its command line. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly paint: Paint;
  readonly onLine: (line: string) => void;
  readonly onRecord: (record: ViewRecord) => void;
}

const lookEveryMs = 30;

export function startRunner({ args, env, cwd, paint, onLine, onRecord }: RunnerOptions): RunnerProcess {
  const folder = mkdtempSync(join(tmpdir(), 'smartorders-view-'));
  const path = join(folder, 'output');
  const [writing, reading] = [openSync(path, 'ax', 0o600), openSync(path, 'r')];
  const program = fileURLToPath(import.meta.resolve('../../main.js'));
  const terminal = process.stdout.isTTY ? terminalNow() : null;
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    detached: true,
    stdio: ['ignore', writing, writing, 'ipc'],
    env: {
      ...env,
      [viewedVariable]: '1',
      ...(paint === plain ? {} : { [paintVariable]: '1' }),
      ...(terminal === null ? {} : { [terminalVariable]: terminal }),
    },
  });
  closeSync(writing);
  const hear = hearing(reading, (line) => {
    const record = recordOf(line);
    if (record === null) onLine(line);
    else onRecord(record);
  });
  const timer = setInterval(hear, lookEveryMs);
  const exited = exitOf(child).then((code) => {
    clearInterval(timer);
    hear();
    return code;
  });
  return {
    exited,
    kill: (signal) => void child.kill(signal),
    [Symbol.dispose]: () => {
      clearInterval(timer);
      closeSync(reading);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

// --- internal ---

/** As a shell tells it: 128 + the signal's number. */
const exitOf = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']));
  });

/** Each call tells the whole lines that have been written since the one before. */
function hearing(file: number, tell: (line: string) => void): () => void {
  const buffer = Buffer.alloc(1 << 16);
  let offset = 0;
  let rest = Buffer.alloc(0);
  return () => {
    for (;;) {
      const size = readSync(file, buffer, 0, buffer.length, offset);
      if (size === 0) return;
      offset += size;
      const bytes = Buffer.concat([rest, buffer.subarray(0, size)]);
      const end = bytes.lastIndexOf(0x0a) + 1;
      rest = bytes.subarray(end);
      for (const line of bytes.toString('utf8', 0, end).split('\n').slice(0, -1)) tell(line);
    }
  };
}
