// The whole judgement of a run, made by a process of its own.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type RunResult, runResultSchema } from '../../verdict/run-result.ts';

/** Throws with that process's own words where it fails. */
export async function judgeJournal(path: string): Promise<RunResult> {
  const program = fileURLToPath(import.meta.resolve('./judge-main.js'));
  const child = fork(program, [path], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const words = child.stderr === null ? Promise.resolve('') : text(child.stderr);
  const told = new Promise<unknown>((resolve) => child.once('message', resolve));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(await words);
  return runResultSchema.parse(await told);
}
