// `node write-run.ts <journal> <seconds> <orders a second>`: a generated run, written as it would happen and as a run writes it:
// what is shown at once, calls and arrivals in batches. A process of its own, as a run is. At its end it tells on stdout how late it
// was at most, in ms, with what is shown: the machine held it up, not the dashboard.
import { closeSync, openSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { batchedLines } from '../../cli/commands/batched-lines.ts';
import { isFrequent } from '../../cli/commands/report-files.ts';
import { bigRun } from '../../cli/verdict/testing/big-run.ts';

const [path = '', seconds = '', perSecond = ''] = process.argv.slice(2);
/** As late as a transition may come from here; it counts against the dashboard. */
const stepMs = 5;

const file = openSync(path, 'a');
const writer = batchedLines((text) => void writeSync(file, text));
const monotonicStart = Number(process.hrtime.bigint()) / 1e6;
const sinceStart = (): number => Number(process.hrtime.bigint()) / 1e6 - monotonicStart;
let latest = 0;
for (const event of bigRun({ seconds: Number(seconds), perSecond: Number(perSecond) })) {
  const early = event.at - sinceStart();
  if (early > 0) await sleep(Math.max(stepMs, early));
  if (!isFrequent(event)) latest = Math.max(latest, sinceStart() - event.at);
  const { v, at, src, seq, type, ...rest } = event.type === 'run.started' ? { ...event, monotonicStart } : event;
  writer.append(`${JSON.stringify({ v, at, src, seq, type, ...rest })}\n`, !isFrequent(event));
}
writer.flush();
closeSync(file);
console.log(latest.toFixed(0));
