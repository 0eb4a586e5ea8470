// `npm run bench:report [-- --seconds 121 --rate 500 --out file.json]`: how long `report` takes over a journal of a million
// events, and how much memory at most. The journal is generated: every order with its calls and arrivals, payment refused for
// a quarter of the time.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { bytes } from '../cli/verdict/figures.ts';
import { bigRun } from '../cli/verdict/testing/big-run.ts';
import { root } from '../test/support/cli.ts';
import { machineOf, machineText, writeOutcome } from './outcome.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '121' },
    rate: { type: 'string', default: '500' },
    out: { type: 'string' },
  },
});
const usageSchema = z.object({ cpuSeconds: z.number(), maxRssMb: z.number() });
/** What a report of a million events may take. */
const limits = { seconds: 10, megabytes: 500 };

console.log(machineText(machineOf()));
const folder = mkdtempSync(join(tmpdir(), 'smartorders-report-'));
try {
  const run = join(folder, 'big');
  mkdirSync(run);
  const journal = join(run, 'journal.ndjson');
  const events = write(journal, Number(values.seconds), Number(values.rate));
  const size = statSync(journal).size;
  console.log(`journal: ${events} events, ${bytes(size)}`);
  const figures = await measure(run);
  const page = statSync(join(run, 'report.html')).size;
  const { wallSeconds, cpuSeconds, maxRssMb } = figures;
  console.log(
    `report: ${wallSeconds.toFixed(1)} s (limit ${limits.seconds}), ${cpuSeconds.toFixed(1)} s of CPU, ${maxRssMb.toFixed(0)} MB at most (limit ${limits.megabytes}); report.html ${bytes(page)}`,
  );
  writeOutcome(values.out, { bench: 'report', events, journalBytes: size, pageBytes: page, ...figures, limits });
} finally {
  rmSync(folder, { recursive: true });
}

function write(journal: string, seconds: number, perSecond: number): number {
  const file = openSync(journal, 'w');
  let events = 0;
  for (const event of bigRun({ seconds, perSecond })) {
    writeSync(file, `${JSON.stringify(event)}\n`);
    events += 1;
  }
  closeSync(file);
  return events;
}

async function measure(run: string) {
  const begun = performance.now();
  const main = join(root, 'dist', 'cli', 'main.js');
  const preload = join(root, 'bench', 'tell-usage.ts');
  const child = spawn(process.execPath, ['--import', preload, main, 'report', run], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let told = '';
  child.stderr.on('data', (chunk: Buffer) => {
    told += chunk.toString();
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`report ended with ${code}: ${told}`);
  const usage = usageSchema.parse(JSON.parse(told));
  return { wallSeconds: (performance.now() - begun) / 1_000, ...usage };
}
