// `npm run bench:shown [-- --out file.json]`: how long after a breaker moved its line is out of the runner's stdout, a pipe
// here. Both ends read CLOCK_MONOTONIC of one kernel; the journal joins them (run.started.monotonicStart + at).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { distributionOf } from '../cli/metrics/distribution.ts';
import { readJournal } from '../cli/metrics/read-journal.ts';
import { aWorld, readText, root } from '../test/support/cli.ts';
import { machineOf, machineText, writeOutcome } from './outcome.ts';
import { type ShownLine, shownAfter } from './shown-lines.ts';

const { values } = parseArgs({
  options: { scenario: { type: 'string', default: `${root}/test/scenarios/flapping.yaml` }, out: { type: 'string' } },
});
console.log(machineText(machineOf()));
await using world = aWorld();
const lines = await stampedLines(['scenario', 'run', values.scenario]);
const { events } = readJournal(readText(world.reportFolder(), 'journal.ndjson'));
const { n, p50, p99, max } = distributionOf(shownAfter(lines, events));
// Where the clocks could not be told apart the offset is exactly zero and adds nothing to the figures.
const offsets = events.flatMap((event) => (event.type === 'clock' ? [Math.abs(event.offset + startOf())] : []));
const clocks = Math.max(0, ...offsets);
const figure = (value: number): string => `${value.toFixed(2)} ms`;
console.log(`emitted -> shown: n ${n}, p50 ${figure(p50)}, p99 ${figure(p99)}, max ${figure(max)}`);
console.log(`clocks corrected by at most ${figure(clocks)}`);
writeOutcome(values.out, { bench: 'shown', unit: 'ms', n, p50, p99, max, clockCorrection: clocks });

function startOf(): number {
  return events.find((event) => event.type === 'run.started')?.monotonicStart ?? 0;
}

/** What the CLI writes to a pipe, each line with the moment at which its end arrived. */
async function stampedLines(args: readonly string[]): Promise<readonly ShownLine[]> {
  const main = join(root, 'dist', 'cli', 'main.js');
  const child = spawn(process.execPath, [main, ...args], {
    cwd: world.cwd,
    env: world.env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stamped: ShownLine[] = [];
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const at = Number(process.hrtime.bigint()) / 1e6;
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    stamped.push(...parts.map((text) => ({ at, text })));
  });
  await once(child, 'close');
  return stamped;
}
