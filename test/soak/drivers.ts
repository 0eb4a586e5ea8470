// `npm run soak -- drivers [--out file.json] [scenario…]`: every shipped scenario on a fleet of processes and on one of containers,
// in turn, so that what else the machine does hits both alike. Goes on where the file stops. Red if a verdict or a path differs.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { commitOf, machineOf, machineText } from '../../bench/outcome.ts';
import { spreadText } from '../../bench/statistics.ts';
import { aWorld, freeBasePort, root, type World } from '../support/cli.ts';
import { type DriverRun, driverRunOf, drivers, type PairOutcome, pairsOf, pairsSchema } from './driver-pairs.ts';
import { writeWhole } from './write-whole.ts';

const { values, positionals } = parseArgs({ options: { out: { type: 'string' } }, allowPositionals: true });
const out = resolve(values.out ?? join(root, 'test/soak/results/drivers.json'));
const shipped = readdirSync(join(root, 'scenarios')).flatMap((file) => /^(.+)\.yaml$/.exec(file)?.[1] ?? []);
const names = positionals.length > 0 ? positionals : shipped;

let outcome: PairOutcome = existsSync(out)
  ? pairsSchema.parse(JSON.parse(readFileSync(out, 'utf8')))
  : { upMs: { process: [], docker: [] }, runs: [] };
console.log(machineText(machineOf()));

{
  await using world = aWorld();
  for (const driver of drivers) {
    const upMs = await bringUp(world, driver);
    console.log(`up with the driver ${driver}: ${upMs.toFixed(0)} ms`);
    outcome = { ...outcome, upMs: { ...outcome.upMs, [driver]: [...outcome.upMs[driver], Math.round(upMs)] } };
  }
  for (const name of names) {
    for (const driver of drivers) {
      if (outcome.runs.some((run) => run.scenario === name && run.driver === driver)) continue;
      const run = await runOnce(world, name, driver);
      outcome = { ...outcome, runs: [...outcome.runs, run] };
      write();
      console.log(`${name.padEnd(22)} ${driver.padEnd(8)} ${run.verdict.padEnd(12)} ${run.path}`);
    }
  }
}
const { pairs, overhead } = pairsOf(outcome);
for (const { scenario, same, differs } of pairs) if (!same) console.log(`${scenario}: ${differs}`);
console.log(`${pairs.filter(({ same }) => same).length} of ${pairs.length} scenarios alike on both drivers`);
for (const [name, spread] of Object.entries(overhead)) console.log(`  ${name}: ${spreadText(spread, 'ms', 1)}`);
process.exitCode = pairs.every(({ same }) => same) ? 0 : 1;

/** ms from the start of the command until the fleet is ready. */
async function bringUp(world: World, driver: DriverRun['driver']): Promise<number> {
  const port = String(await freeBasePort());
  const startedAt = performance.now();
  const { code, stderr } = await world.run('up', '--fleet', driver, '--driver', driver, '--base-port', port);
  if (code !== 0) throw new Error(`up left with ${code}: ${stderr}`);
  return performance.now() - startedAt;
}

async function runOnce(world: World, scenario: string, driver: DriverRun['driver']): Promise<DriverRun> {
  const { stdout, stderr } = await world.run('scenario', 'run', scenario, '--fleet', driver, '--json');
  if (stdout.trim() === '') throw new Error(`the run left no result:\n${stderr}`);
  return driverRunOf(JSON.parse(stdout), driver);
}

function write(): void {
  writeWhole(out, { commit: commitOf(), machine: machineOf(), ...outcome });
}
