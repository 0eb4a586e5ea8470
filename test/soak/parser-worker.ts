// Judges cases one after the other, and says before each which it is: who watches sees the one that never ends.
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { judgeParse } from './judge-parse.ts';
import { caseOf, sources } from './parser-cases.ts';

const { seed, from, to } = z.object({ seed: z.int(), from: z.int(), to: z.int() }).parse(workerData);
const files = sources();
for (let index = from; index < to; index++) {
  const { name, text } = caseOf(files, seed, index);
  parentPort?.postMessage({ index, name });
  const before = process.threadCpuUsage();
  const judged = judgeParse(text);
  // Of the processor, not of the clock: how busy the machine is says nothing about the parser.
  const { user, system } = process.threadCpuUsage(before);
  parentPort?.postMessage({ index, name, judged: { ...judged, ms: (user + system) / 1_000 } });
}
