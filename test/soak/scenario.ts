// `npm run soak -- --scenario payment-outage --runs 20 [--out file.json]`: the same scenario again and again, each on a fleet of
// its own. Goes on where the file stops; each run is in it as soon as it is over. Red if two runs differ in verdict or path.
// `--keep folder` keeps the journal and reports of every run whose exit code is not 0.
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { commitOf, machineOf, machineText } from '../../bench/outcome.ts';
import { spreadText } from '../../bench/statistics.ts';
import { aWorld, root } from '../support/cli.ts';
import { type Soak, type SoakRun, type SoakSummary, soakRunOf, soakSchema, summaryOf } from './figures.ts';
import { writeWhole } from './write-whole.ts';

const { values } = parseArgs({
  options: {
    /** A name, or a file. */
    scenario: { type: 'string', default: 'payment-outage' },
    /** How many the file shall hold in the end. */
    runs: { type: 'string', default: '20' },
    out: { type: 'string' },
    keep: { type: 'string' },
  },
});
const { scenario } = values;
const out = resolve(values.out ?? join(root, 'test/soak/results', `${scenario.replace(/^.*\/|\.yaml$/g, '')}.json`));
let soak = read();
console.log(machineText(machineOf()));
if (soak.runs.length > 0) console.log(`${soak.runs.length} runs are in ${out} already`);
for (let n = soak.runs.length + 1; n <= Number(values.runs); n += 1) {
  const run = await once();
  soak = { ...soak, runs: [...soak.runs, run] };
  writeWhole(out, { ...soak, machine: machineOf() });
  console.log(
    `${n}/${values.runs}  ${run.verdict} (${run.exitCode})  ${Object.values(run.paths).join('; ')}  ${run.run}`,
  );
}
const summary = summaryOf(soak);
print(summary);
process.exitCode = summary.verdicts.size > 1 || summary.paths.size > 1 ? 1 : 0;

async function once(): Promise<SoakRun> {
  await using world = aWorld();
  const name = existsSync(scenario) ? resolve(scenario) : scenario;
  const { code, stdout, stderr } = await world.run('scenario', 'run', name, '--ephemeral', '--json');
  if (stdout.trim() === '') throw new Error(`the run left no result (exit code ${code}):\n${stderr}`);
  if (code !== 0 && values.keep !== undefined) {
    cpSync(world.reportFolder(), join(values.keep, basename(world.reportFolder())), { recursive: true });
  }
  return soakRunOf({ report: JSON.parse(stdout), stderr, exitCode: code ?? -1, commit: commitOf() });
}

function read(): Soak {
  if (!existsSync(out)) return { scenario, runs: [] };
  const known = soakSchema.parse(JSON.parse(readFileSync(out, 'utf8')));
  if (known.scenario !== scenario)
    throw new Error(`${out} holds runs of ${known.scenario}; name another file with --out`);
  return known;
}

function print({ runs, verdicts, paths, commits, figures }: SoakSummary): void {
  console.log(`${runs} runs of ${scenario}`);
  for (const [what, counts] of Object.entries({ verdict: verdicts, path: paths, commit: commits })) {
    for (const [word, count] of counts) console.log(`  ${what.padEnd(8)}${String(count).padStart(3)} x  ${word}`);
  }
  for (const [name, spread] of Object.entries(figures)) console.log(`  ${name}: ${spreadText(spread, '', 2)}`);
}
