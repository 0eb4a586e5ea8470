// `npm run soak -- record --scenario payment-errors --base 30 --changed 12 [--changes slower,later] --out folder`: runs of the
// program as it is and of copies that were changed for the worse, in turn, so that what else the machine does hits all alike.
// `npm run soak -- compare --runs-folder folder/base --changed folder/slower,folder/later` then says what `compare` sees of it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { machineOf, machineText } from '../../bench/outcome.ts';
import { mutate } from '../mutants/mutate.ts';
import { copyCheckout, type WorkingCopy } from '../mutants/working-copy.ts';
import { root } from '../support/cli.ts';
import { changes } from './changes.ts';
import { inTurn } from './in-turn.ts';

const { values } = parseArgs({
  options: {
    scenario: { type: 'string', default: 'payment-errors' },
    base: { type: 'string', default: '30' },
    /** Runs of each changed program. */
    changed: { type: 'string', default: '12' },
    changes: { type: 'string', default: Object.keys(changes).join() },
    out: { type: 'string', default: 'reports/recorded' },
  },
});
const out = resolve(values.out);
const wanted = values.changes.split(',').filter((name) => name !== '');
const unknown = wanted.filter((name) => !Object.hasOwn(changes, name));
if (unknown.length > 0)
  throw new Error(`no change named ${unknown.join(', ')}; there are ${Object.keys(changes).join(', ')}`);
console.log(machineText(machineOf()));

using copies = new DisposableStack();
const programs = new Map([['base', copies.use(await copyCheckout(root))]]);
for (const name of wanted) programs.set(name, copies.use(await copyCheckout(root)));
for (const [name, copy] of programs) {
  const change = changes[name];
  if (change !== undefined) copy.edit(change.file, (source) => mutate(source, change));
  await copy.build();
  mkdirSync(join(out, name), { recursive: true });
}
const counts = {
  base: Number(values.base),
  ...Object.fromEntries(wanted.map((name) => [name, Number(values.changed)])),
};
for (const name of inTurn(counts)) {
  const copy = programs.get(name);
  if (copy !== undefined) console.log(`${name.padEnd(8)} exit code ${await runOnce(copy, join(out, name))}`);
}

/** A fleet of its own for each run. What becomes of the promises does not matter here. */
async function runOnce({ folder }: WorkingCopy, reports: string): Promise<number | null> {
  const main = join(folder, 'dist', 'cli', 'main.js');
  const args = [main, 'scenario', 'run', values.scenario, '--ephemeral', '--reports', reports];
  const env = { ...process.env, XDG_STATE_HOME: join(folder, 'state'), NO_COLOR: '1' };
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'close');
  return typeof code === 'number' ? code : null;
}
