// Runs the built command line as a user does: as a process, in a world of its own (state folder, working folder).
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isAlive } from '../../cli/fleet/pid.ts';
import { allPorts, isFree } from '../../cli/fleet/ports.ts';
import { type FleetState, readState } from '../../cli/fleet/state.ts';
import { portsFrom } from '../../services/fleet.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const main = join(root, 'dist', 'cli', 'main.js');

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly pid: number;
  readonly finished: Promise<Finished>;
  /** The first line of stdout, past or to come, that matches; rejects if the process ends without it. */
  line(pattern: RegExp): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  /** Closes our end of its output, as `| head -1` does. */
  hangUp(): void;
}

export interface World extends AsyncDisposable {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  start(...args: string[]): Running;
  run(...args: string[]): Promise<Finished>;
  /** The states of all fleets of this world. */
  fleets(): readonly FleetState[];
  /** The names of all runs under reports/. */
  runs(): readonly string[];
  /** The only run's folder under reports/. */
  reportFolder(): string;
}

/** A state and a working folder of its own; whatever is still up at the end is taken down. */
export function aWorld(extraEnv: NodeJS.ProcessEnv = {}): World {
  const folder = mkdtempSync(join(tmpdir(), 'smartorders-test-'));
  const cwd = join(folder, 'work');
  mkdirSync(cwd);
  const stateHome = join(folder, 'state');
  const env = { ...process.env, XDG_STATE_HOME: stateHome, NO_COLOR: '1', ...extraEnv };
  const start = (...args: string[]): Running =>
    watchOutput(spawn(process.execPath, [main, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] }));
  const stateFolder = join(stateHome, 'smartorders');
  const fleets = (): readonly FleetState[] =>
    (existsSync(stateFolder) ? readdirSync(stateFolder) : [])
      .filter((file) => file.endsWith('.json'))
      .flatMap((file) => readState(join(stateFolder, file)) ?? []);
  const run = (...args: string[]): Promise<Finished> => start(...args).finished;
  const reports = join(cwd, 'reports');
  const runs = (): readonly string[] => (existsSync(reports) ? readdirSync(reports) : []);
  return {
    cwd,
    env,
    start,
    run,
    fleets,
    runs,
    reportFolder: () => {
      const [only, ...others] = runs();
      if (only === undefined || others.length > 0)
        throw new Error(`expected one run, found ${runs().join(', ') || 'none'}`);
      return join(reports, only);
    },
    [Symbol.asyncDispose]: async () => {
      for (const { name } of fleets()) await run('down', '--fleet', name);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function watchOutput(child: ChildProcess): Running {
  const lines: string[] = [];
  const waiting = new Set<{ readonly pattern: RegExp; readonly resolve: (line: string) => void }>();
  let stderr = '';
  const { stdout, stderr: errors } = child;
  if (stdout === null || errors === null) throw new Error('spawned without pipes');
  errors.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  createInterface({ input: stdout }).on('line', (line) => {
    lines.push(line);
    for (const waiter of waiting) if (waiter.pattern.test(line)) waiter.resolve(line);
  });
  const finished = once(child, 'close').then(([code]) => ({ code, stdout: lines.join('\n'), stderr }));
  return {
    pid: child.pid ?? -1,
    finished,
    kill: (signal) => child.kill(signal),
    hangUp: () => {
      stdout.destroy();
      errors.destroy();
    },
    line: (pattern) => {
      const seen = lines.find((line) => pattern.test(line));
      if (seen !== undefined) return Promise.resolve(seen);
      const came = new Promise<string>((resolve) => waiting.add({ pattern, resolve }));
      const ended = finished.then(({ stdout: all }): never => {
        throw new Error(`the process ended without a line like ${pattern}:\n${all}\n${stderr}`);
      });
      return Promise.race([came, ended]);
    },
  };
}

/** What is left of a fleet: processes that live, ports that are taken, folders that exist. */
export async function leftOf({
  keeper,
  processes,
  ports,
  controlPort,
  folders,
}: FleetState): Promise<readonly string[]> {
  const alive = Object.entries({ ...processes, keeper }).filter(([, ref]) => isAlive(ref));
  const taken: number[] = [];
  for (const port of [...allPorts(ports), controlPort]) if (!(await isFree(port))) taken.push(port);
  return [
    ...alive.map(([name]) => `process ${name}`),
    ...taken.map((port) => `port ${port}`),
    ...folders.filter((folder) => existsSync(folder)).map((folder) => `folder ${folder}`),
  ];
}

/** Polls until nothing is left; for what no event tells a test. */
export async function eventuallyNothing(left: () => Promise<readonly string[]>, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const still = await left();
    if (still.length === 0) return;
    if (performance.now() > deadline) throw new Error(`after ${withinMs} ms there is still ${still.join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A base port whose whole fleet is free now. */
export async function freeBasePort(): Promise<number> {
  for (;;) {
    const base = 20_000 + Math.floor(Math.random() * 5_000);
    const taken: number[] = [];
    for (const port of allPorts(portsFrom(base))) if (!(await isFree(port))) taken.push(port);
    if (taken.length === 0) return base;
  }
}

export const readText = (...path: readonly string[]): string => readFileSync(join(...path), 'utf8');
