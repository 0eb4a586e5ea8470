// `npm run soak -- parser --cases 100000 [--seed 1] [--out file.json]`: spoilt scenario files, each judged by judge-parse.ts.
// Goes on where the file stops, unless the code has changed since. Red if a case is wrong, or takes longer than its limit.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { commitOf, machineOf } from '../../bench/outcome.ts';
import { root } from '../support/cli.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: join(root, 'test/soak/results/parser.json') },
  },
});
const [cases, seed, out] = [Number(values.cases), Number(values.seed), resolve(values.out)];
/** Of processor time. */
const limitMs = 1_000;
/** By the clock. A case that is not over by then never ends: the worker is ended, and the next one goes on behind it. */
const hangMs = 30_000;
const batch = 1_000;

const caseSchema = z.object({ index: z.int(), name: z.string() });
const resultSchema = z.object({
  commit: z.string().nullable(),
  seed: z.int(),
  done: z.int(),
  ok: z.int(),
  problems: z.int(),
  slowest: caseSchema.extend({ ms: z.number() }).nullable(),
  /** Cases that broke a rule, took too long or never ended. */
  wrong: z.array(caseSchema.extend({ what: z.string() })),
});
const messageSchema = caseSchema.extend({
  judged: z.object({ kind: z.enum(['ok', 'problems']), wrong: z.array(z.string()), ms: z.number() }).optional(),
});

const fresh = { commit: commitOf(), seed, done: 0, ok: 0, problems: 0, slowest: null, wrong: [] };
const result: z.infer<typeof resultSchema> = read() ?? fresh;
while (result.done < cases) {
  await judge(Math.min(cases, result.done + batch));
  write();
  console.log(
    `${result.done}/${cases}: ${result.ok} ok, ${result.problems} with problems, ${result.wrong.length} wrong`,
  );
}
const { slowest, wrong } = result;
console.log(`slowest: ${slowest?.ms.toFixed(0)} ms, case ${slowest?.index} (${slowest?.name})`);
for (const { index, name, what } of wrong) console.log(`case ${index} (${name}): ${what}`);
process.exitCode = wrong.length === 0 ? 0 : 1;

/** Up to case `to`, or to the first that hangs. */
async function judge(to: number): Promise<void> {
  const { promise: over, resolve: end, reject } = Promise.withResolvers<void>();
  const worker = new Worker(new URL('./parser-worker.ts', import.meta.url), {
    workerData: { seed, from: result.done, to },
  });
  let watchdog: NodeJS.Timeout | undefined;
  worker.on('message', (message: unknown) => {
    const { index, name, judged } = messageSchema.parse(message);
    clearTimeout(watchdog);
    if (judged === undefined) {
      watchdog = setTimeout(() => {
        result.wrong.push({ index, name, what: `was not over after ${hangMs} ms` });
        result.done = index + 1;
        void worker.terminate();
      }, hangMs);
      return;
    }
    const { kind, ms } = judged;
    result[kind] += 1;
    result.done = index + 1;
    for (const what of judged.wrong) result.wrong.push({ index, name, what });
    if (ms > limitMs) result.wrong.push({ index, name, what: `took ${ms.toFixed(0)} ms` });
    if (ms > (result.slowest?.ms ?? 0)) result.slowest = { index, name, ms };
  });
  worker.on('error', reject);
  worker.on('exit', () => end());
  await over;
  clearTimeout(watchdog);
}

function read(): z.infer<typeof resultSchema> | undefined {
  if (!existsSync(out)) return undefined;
  const known = resultSchema.parse(JSON.parse(readFileSync(out, 'utf8')));
  return known.seed === seed && known.commit === commitOf() ? known : undefined;
}

/** Whole or not at all, should the process be killed meanwhile. */
function write(): void {
  writeFileSync(`${out}.tmp`, `${JSON.stringify({ ...result, machine: machineOf() }, null, 2)}\n`);
  renameSync(`${out}.tmp`, out);
}
