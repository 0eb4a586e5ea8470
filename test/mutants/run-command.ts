// Runs a mutant's one command in the working copy and reads what it found.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Findings, findingsOfReport, findingsOfTests } from './findings.ts';
import type { Command } from './mutant.ts';

/** ms; a scenario for mutants lasts some 8 s, its fleet some 2 s. */
const patienceMs = 120_000;

export const nameOf = (command: Command): string => ('test' in command ? command.test : command.scenario);

export const runCommand = (folder: string, command: Command): Promise<Findings> =>
  'test' in command ? runTests(folder, command.test) : runScenario(folder, command.scenario);

// --- internal ---

async function runTests(folder: string, file: string): Promise<Findings> {
  const output = join(folder, 'vitest.json');
  rmSync(output, { force: true });
  const vitest = join('node_modules', 'vitest', 'vitest.mjs');
  const args = [vitest, 'run', file, '--reporter=json', `--outputFile=${output}`];
  const { code, stderr } = await run(folder, args);
  return { code, red: findingsOfTests(parse(() => readFileSync(output, 'utf8'), stderr)) };
}

async function runScenario(folder: string, file: string): Promise<Findings> {
  const main = join('dist', 'cli', 'main.js');
  const args = [main, 'scenario', 'run', file, '--ephemeral', '--json', '--reports', join(folder, 'mutant-reports')];
  const { code, stdout, stderr } = await run(folder, args);
  return { code, red: findingsOfReport(parse(() => stdout, stderr)) };
}

async function run(cwd: string, args: readonly string[]) {
  // What the tests of the copy find is this program's to tell, not theirs.
  const { SMARTORDERS_TEST_RESULTS: _, ...own } = process.env;
  const env = { ...own, XDG_STATE_HOME: join(cwd, 'state'), NO_COLOR: '1' };
  const child = spawn(process.execPath, args, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: patienceMs,
  });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await once(child, 'close');
  const [stdout, stderr] = await output;
  return { code: typeof code === 'number' ? code : -1, stdout, stderr };
}

function parse(read: () => string, stderr: string): unknown {
  try {
    return JSON.parse(read());
  } catch (error) {
    throw new Error(`the command left no result: ${stderr.trim().split('\n').slice(-5).join(' | ')}`, { cause: error });
  }
}
