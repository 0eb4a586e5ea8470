// `npm run bench:memory [-- --out file.json]`: memory (PSS) of every process of a fleet, idle after `up` and after a short load.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { FleetState } from '../cli/fleet/state.ts';
import { aWorld, freeBasePort, root } from '../test/support/cli.ts';
import { machineOf, machineText, writeOutcome } from './outcome.ts';
import { familyOf, pssMb } from './pss.ts';

const { values } = parseArgs({
  options: {
    scenario: { type: 'string', default: `${root}/test/scenarios/short-outage.yaml` },
    out: { type: 'string' },
  },
});
/** ms; what a process frees right after its start is not its idle size. */
const restMs = 2_000;

if (process.platform !== 'linux') throw new Error('PSS is read from /proc: this measurement needs Linux');
console.log(machineText(machineOf()));
await using world = aWorld();
const up = await world.run('up', '--base-port', String(await freeBasePort()));
const [fleet] = world.fleets();
if (fleet === undefined) throw new Error(`there is no fleet: ${up.stderr}`);
await sleep(restMs);
const idle = memoryOf(fleet);
const { code, stdout } = await world.run('scenario', 'run', values.scenario);
if (code !== 0) console.log(stdout);
const loaded = memoryOf(fleet);

const megabytes = (value: number): string => value.toFixed(1).padStart(9);
const row = (name: string, before: number, after: number) =>
  console.log(`${name.padEnd(12)}${megabytes(before)}${megabytes(after)}`);
console.log(`${'PSS, MB'.padEnd(12)}${'idle'.padStart(9)}${'after load'.padStart(11)}`);
for (const [name, before] of Object.entries(idle)) row(name, before, loaded[name] ?? 0);
row('in all', total(idle), total(loaded));
const figures = { idle, afterLoad: loaded, total: { idle: total(idle), afterLoad: total(loaded) } };
writeOutcome(values.out, { bench: 'memory', unit: 'MB PSS', scenario: values.scenario, runExitCode: code, ...figures });

/** MB by process; the database with all its server processes. */
function memoryOf({ keeper, processes }: FleetState): Readonly<Record<string, number>> {
  const own = Object.entries(processes).map(([name, { pid }]) => [
    name,
    sum((name === 'db' ? familyOf(pid) : [pid]).map(pssMb)),
  ]);
  return Object.fromEntries([['keeper', pssMb(keeper.pid)], ...own]);
}

function total(memory: Readonly<Record<string, number>>): number {
  return sum(Object.values(memory));
}

function sum(all: readonly number[]): number {
  return all.reduce((so, value) => so + value, 0);
}
