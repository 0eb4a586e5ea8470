// `npm run bench:dashboard [-- --rounds 5 --seconds 60 --rate 500 --fleet-rate 100 --out file.json]`: what the dashboard costs, on a
// terminal of 100x30. Beside a generated run of 500 orders/s: its processor, its memory, and how long after it happened
// something stands on the screen. Beside real runs of a fleet, in turns with and without it: how late orders are sent.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { connectFleet } from '../cli/fleet/fleet.ts';
import type { FleetState } from '../cli/fleet/state.ts';
import { type Distribution, distributionOf } from '../cli/metrics/distribution.ts';
import { readJournal } from '../cli/metrics/read-journal.ts';
import type { RunEvent } from '../services/contract/events.ts';
import { aWorld, freeBasePort, root } from '../test/support/cli.ts';
import { onScreen, type Screen } from './dashboard/screen.ts';
import { type Told, toldAfter } from './dashboard/told-after.ts';
import { machineOf, machineText, writeOutcome } from './outcome.ts';
import { cpuSeconds, peakRssMb, pssMb } from './pss.ts';
import { spreadOf, spreadText } from './statistics.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '500' },
    'fleet-rate': { type: 'string', default: '100' },
    out: { type: 'string' },
  },
});
const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];
const size = { columns: 100, rows: 30 };
/** What a dashboard needs for its start is no part of what it needs to go on. */
const settleMs = 5_000;
const targets = { cpuPercent: 15, megabytes: 150, transitionP99Ms: 150, otherP99Ms: 250 };

interface Cost {
  readonly cpuPercent: number;
  /** Fewer than ten: the machine held the dashboard up, and the rest says too little. */
  readonly framesPerSecond: number;
  /** At most, with what is shown; part of how long after it happened something was shown. */
  readonly writerLateMs: number;
  readonly pssMb: number;
  readonly peakRssMb: number;
  readonly told: readonly Told[];
}

console.log(machineText(machineOf()));
await using world = aWorld();
await world.run('up', '--base-port', String(await freeBasePort()));
const [fleet] = world.fleets();
if (fleet === undefined) throw new Error('there is no fleet');

const costs: Cost[] = [];
for (let round = 1; round <= rounds; round += 1) {
  const cost = await besideGenerated(fleet, join(world.cwd, `generated-${round}.ndjson`));
  costs.push(cost);
  console.log(
    `round ${round}  ${values.rate} orders/s: ${cost.cpuPercent.toFixed(1)} % of a core, ` +
      `${cost.framesPerSecond.toFixed(1)} frames/s, PSS ${cost.pssMb.toFixed(0)} MB, ` +
      `RSS at most ${cost.peakRssMb.toFixed(0)} MB; ${shownText(cost.told)}, written at most ${ms(cost.writerLateMs)} late`,
  );
}
const sent: Record<'with' | 'without', number[][]> = { with: [], without: [] };
const toldByRuns: Told[] = [];
for (let round = 1; round <= rounds; round += 1) {
  for (const which of round % 2 === 0 ? (['with', 'without'] as const) : (['without', 'with'] as const)) {
    const { lateness, told } = await besideRun(which === 'with');
    sent[which].push([...lateness]);
    toldByRuns.push(...told);
    const { n, p50, p99 } = distributionOf(lateness);
    const also = which === 'with' ? `; ${shownText(told)}` : '';
    console.log(`round ${round}  ${which.padEnd(7)} dashboard: ${n} sends, late p50 ${ms(p50)}, p99 ${ms(p99)}${also}`);
  }
}

const figures = {
  cpuPercent: spreadOf(costs.map(({ cpuPercent }) => cpuPercent)),
  framesPerSecond: spreadOf(costs.map(({ framesPerSecond }) => framesPerSecond)),
  writerLateMs: spreadOf(costs.map(({ writerLateMs }) => writerLateMs)),
  pssMb: spreadOf(costs.map((cost) => cost.pssMb)),
  peakRssMb: spreadOf(costs.map((cost) => cost.peakRssMb)),
  shownBesideGenerated: shownOf(costs.flatMap(({ told }) => told)),
  shownBesideRuns: shownOf(toldByRuns),
  lateness: { with: latenessOf(sent.with), without: latenessOf(sent.without) },
};
console.log(`processor: ${spreadText(figures.cpuPercent, '%', 1)} (limit ${targets.cpuPercent})`);
console.log(`frames a second: ${spreadText(figures.framesPerSecond, '', 1)}`);
console.log(
  `memory, PSS: ${spreadText(figures.pssMb, 'MB')}; RSS at most: ${spreadText(figures.peakRssMb, 'MB')} (limit ${targets.megabytes})`,
);
console.log(`happened -> shown beside generated runs: ${shownText(costs.flatMap(({ told }) => told))}`);
console.log(`happened -> shown beside real runs: ${shownText(toldByRuns)}`);
for (const which of ['with', 'without'] as const) {
  const { p50, p99 } = figures.lateness[which];
  console.log(`late, ${which} dashboard: p50 ${spreadText(p50, 'ms', 2)}; p99 ${spreadText(p99, 'ms', 2)}`);
}
writeOutcome(values.out, {
  bench: 'dashboard',
  rounds,
  seconds,
  rate: values.rate,
  fleetRate: values['fleet-rate'],
  targets,
  ...figures,
});

/** The dashboard as a person starts it, on a fleet that a run is said to hold. */
async function besideGenerated(state: FleetState, journal: string): Promise<Cost> {
  writeFileSync(journal, '');
  await using connection = await connectFleet(state);
  await connection.keeper.call({ op: 'lease', run: 'generated', journal });
  const writer = spawn(
    process.execPath,
    [join(root, 'bench/dashboard/write-run.ts'), journal, values.seconds, values.rate],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const late = writer.stdout.toArray();
  const written = once(writer, 'close');
  const screen = aDashboard();
  await screen.shows('EXPECTATIONS');
  await sleep(settleMs);
  const pid = screen.pid();
  const [cpuFrom, framesFrom, from] = [cpuSeconds(pid), framesIn(screen), performance.now()];
  await sleep(seconds * 1_000 - settleMs * 2);
  const took = (performance.now() - from) / 1_000;
  const cpuPercent = ((cpuSeconds(pid) - cpuFrom) / took) * 100;
  const framesPerSecond = (framesIn(screen) - framesFrom) / took;
  const memory = { pssMb: pssMb(pid), peakRssMb: peakRssMb(pid) };
  await written;
  const writerLateMs = Number(Buffer.concat(await late).toString());
  await leave(screen);
  return { cpuPercent, framesPerSecond, writerLateMs, ...memory, told: toldOf(screen, journal) };
}

async function besideRun(
  isWatched: boolean,
): Promise<{ readonly lateness: readonly number[]; readonly told: readonly Told[] }> {
  const file = join(world.cwd, 'flapping.yaml');
  const text = readFileSync(join(root, 'test/scenarios/flapping.yaml'), 'utf8');
  writeFileSync(file, text.replace(/rate: \d+\/s/, `rate: ${values['fleet-rate']}/s`));
  const screen = isWatched ? aDashboard() : null;
  await screen?.shows('EXPECTATIONS');
  const before = new Set(world.runs());
  await world.run('scenario', 'run', file, '--no-dashboard');
  const run = world.runs().find((name) => !before.has(name));
  if (run === undefined) throw new Error('there was no run');
  if (screen !== null) await leave(screen);
  const journal = join(world.cwd, 'reports', run, 'journal.ndjson');
  const lateness = eventsOf(journal).flatMap((event) =>
    event.type === 'request' && event.sentAt !== null ? [event.sentAt - event.dueAt] : [],
  );
  return { lateness, told: screen === null ? [] : toldOf(screen, journal) };
}

function aDashboard(): Screen {
  const command = [process.execPath, join(root, 'dist/cli/main.js'), 'dashboard'];
  return onScreen({ command, cwd: world.cwd, env: world.env, ...size });
}

/** Each frame begins with this (synchronized output). */
function framesIn({ drawn }: Screen): number {
  return drawn.reduce((sum, { text }) => sum + text.split('\u001b[?2026h').length - 1, 0);
}

async function leave(screen: Screen): Promise<void> {
  // Its last frames.
  await sleep(500);
  screen.type('q');
  await screen.closed;
}

function toldOf(screen: Screen, journal: string): readonly Told[] {
  const events = eventsOf(journal);
  const start = events.find((event) => event.type === 'run.started')?.monotonicStart ?? 0;
  const [first] = screen.drawn;
  // The first second of a dashboard is its start.
  return toldAfter(screen.drawn, events, { ...size, since: (first?.at ?? 0) + 1_000 - start });
}

function eventsOf(journal: string): readonly RunEvent[] {
  return readJournal(readFileSync(journal, 'utf8')).events;
}

function shownOf(
  told: readonly Told[],
): Readonly<Record<'transitions' | 'others', Distribution & { readonly unseen: number }>> {
  const of = (all: readonly Told[]) => ({
    ...distributionOf(all.flatMap(({ afterMs }) => (afterMs === null ? [] : [afterMs]))),
    unseen: all.filter(({ afterMs }) => afterMs === null).length,
  });
  return {
    transitions: of(told.filter(({ type }) => type === 'breaker')),
    others: of(told.filter(({ type }) => type !== 'breaker')),
  };
}

function shownText(told: readonly Told[]): string {
  const { transitions, others } = shownOf(told);
  const text = ({ n, p50, p99, unseen }: typeof others): string =>
    `p50 ${ms(p50)}, p99 ${ms(p99)} (n ${n}, ${unseen} unseen)`;
  return `transitions ${text(transitions)}, others ${text(others)}`;
}

function latenessOf(all: readonly (readonly number[])[]) {
  const of = (key: 'p50' | 'p99') => spreadOf(all.map((values) => distributionOf(values)[key]));
  return { p50: of('p50'), p99: of('p99') };
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}
