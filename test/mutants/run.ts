// `npm run mutants [-- name …]`: plants one fault at a time in a copy of the checkout and demands that the one command that
// guards the promise turns red, for that reason and no other. Every command must be green without the fault.
// `--quick`: only those that a test file catches, without a fleet.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { messageOf } from '../../cli/errors.ts';
import { complaint } from './findings.ts';
import { type Command, type Mutant, readMutants } from './mutant.ts';
import { mutate } from './mutate.ts';
import { nameOf, runCommand } from './run-command.ts';
import { type MutantResult, tellGate } from './tell-gate.ts';
import { copyCheckout, type WorkingCopy } from './working-copy.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const mutants = readMutants(fileURLToPath(new URL('.', import.meta.url)), positionals).filter(
  ({ command }) => !values.quick || 'test' in command,
);
const results: MutantResult[] = [];

using copy = await copyCheckout(root);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    copy[Symbol.dispose]();
    process.exit(130);
  });
}
if (mutants.some(({ command }) => 'scenario' in command)) await copy.build();
const unreliable = await notGreen(mutants.map(({ command }) => command));
const width = Math.max(...mutants.map(({ name }) => name.length));
let failed = 0;
for (const mutant of mutants) {
  const startedAt = performance.now();
  const wrong = unreliable.get(nameOf(mutant.command)) ?? (await plant(mutant, copy).catch(messageOf));
  if (wrong !== null) failed += 1;
  results.push({ name: mutant.name, wrong });
  const took = `${((performance.now() - startedAt) / 1_000).toFixed(1)} s`;
  const told = wrong === null ? `caught by ${mutant.command.finding}` : `${wrong}\n    promise: ${mutant.promise}`;
  console.log(`${wrong === null ? '✔' : '✘'} ${mutant.name.padEnd(width)}  ${took.padStart(6)}  ${told}`);
}
console.log(`${mutants.length - failed} passed, ${failed} failed`);
tellGate(results);
process.exitCode = failed === 0 ? 0 : 1;

/** What is wrong with each command that is not green without any fault, by its name. */
async function notGreen(commands: readonly Command[]): Promise<ReadonlyMap<string, string>> {
  const wrong = new Map<string, string>();
  for (const [name, command] of new Map(commands.map((each) => [nameOf(each), each]))) {
    const { red, code } = await runCommand(copy.folder, command).catch((error: unknown) => ({
      red: [messageOf(error)],
      code: -1,
    }));
    if (red.length === 0 && code === 0) continue;
    wrong.set(name, `${name} is not green without the fault: ${red.join(', ')} (exit code ${code})`);
  }
  return wrong;
}

/** null: caught as it should be. */
async function plant({ file, find, replace, command, follows }: Mutant, { edit, build, folder }: WorkingCopy) {
  using _edited = edit(file, (source) => mutate(source, { find, replace }));
  // A test file is run from its source.
  if ('scenario' in command) await build();
  const code = 'code' in command ? command.code : undefined;
  return complaint(await runCommand(folder, command), { finding: command.finding, follows, code });
}
