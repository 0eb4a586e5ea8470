// `npm run bench:observe [-- --rounds 5 --out file.json]`: what watching costs. The same load on one fleet with the services'
// event streams read and unread, in turns: orders/s of a closed load, p99 of an open one; and, when read, the journal's
// bytes per order and whether the record is complete.
import { parseArgs } from 'node:util';
import { connectAdmin } from '../cli/fleet/admin.ts';
import { eventSource } from '../cli/fleet/event-source.ts';
import { connectFleet } from '../cli/fleet/fleet.ts';
import { fleetFaults } from '../cli/fleet/fleet-faults.ts';
import { fleetStage } from '../cli/fleet/fleet-stage.ts';
import { gatewayTarget } from '../cli/fleet/gateway-target.ts';
import { connectLinks, toxiproxyUrl } from '../cli/fleet/links.ts';
import type { FleetState } from '../cli/fleet/state.ts';
import { distributionOf, medianOf } from '../cli/metrics/distribution.ts';
import { foldRun } from '../cli/metrics/fold.ts';
import { durationsOf } from '../cli/metrics/phase-metrics.ts';
import { systemClock } from '../cli/runner/clock.ts';
import { runScenario } from '../cli/runner/run.ts';
import { parseScenario } from '../cli/scenario/parse.ts';
import type { Scenario } from '../cli/scenario/schema.ts';
import type { RunEvent } from '../services/contract/events.ts';
import { serviceNames } from '../services/fleet.ts';
import { aWorld, freeBasePort } from '../test/support/cli.ts';
import { machineOf, machineText, writeOutcome } from './outcome.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    rate: { type: 'string', default: '500' },
    out: { type: 'string' },
  },
});
const loads = {
  closed: '{ executor: constant-vus, vus: 16, journey: place-order }',
  open: `{ executor: constant-arrival-rate, rate: ${values.rate}/s, journey: place-order, maxInFlight: 2000 }`,
};

interface Figures {
  readonly ordersPerSecond: number;
  readonly p99Ms: number;
  readonly bytesPerOrder: number;
  readonly gaps: number;
}

console.log(machineText(machineOf()));
await using world = aWorld();
await world.run('up', '--base-port', String(await freeBasePort()));
const [state] = world.fleets();
if (state === undefined) throw new Error('there is no fleet');
const seen: Record<string, Figures[]> = {};
for (let round = 0; round < Number(values.rounds); round += 1) {
  for (const [name, load] of Object.entries(loads)) {
    for (const watched of round % 2 === 0 ? [true, false] : [false, true]) {
      const figures = await measure(state, scenarioOf(load), watched);
      const key = `${name}, ${watched ? 'watched' : 'unwatched'}`;
      seen[key] = [...(seen[key] ?? []), figures];
      console.log(`round ${round + 1}  ${key.padEnd(18)}  ${told(figures)}`);
    }
  }
}
const medians = Object.fromEntries(Object.entries(seen).map(([key, all]) => [key, mediansOf(all)]));
for (const [key, figures] of Object.entries(medians)) console.log(`median   ${key.padEnd(18)}  ${told(figures)}`);
const ratio = (of: keyof Figures, name: string): number =>
  (medians[`${name}, watched`]?.[of] ?? 0) / (medians[`${name}, unwatched`]?.[of] ?? 1);
console.log(
  `watched / unwatched: orders/s ${ratio('ordersPerSecond', 'closed').toFixed(2)}, p99 ${ratio('p99Ms', 'open').toFixed(2)}`,
);
writeOutcome(values.out, { bench: 'observe', rounds: Number(values.rounds), rate: `${values.rate}/s`, medians });

function scenarioOf(load: string): Scenario {
  const text = `version: 1\nname: observe\ntitle: What watching costs\nwarmup: 2s\nload: { all: ${load} }\nphases: [{ name: all, for: 5s }]\n`;
  const parsed = parseScenario(text, 'observe.yaml');
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('; '));
  return parsed.scenario;
}

async function measure(fleet: FleetState, scenario: Scenario, watched: boolean): Promise<Figures> {
  await using connection = await connectFleet(fleet);
  const { keeper } = connection;
  const run = `observe-${Date.now()}`;
  await keeper.call({ op: 'lease', run, journal: '/nowhere' });
  const admin = connectAdmin({ ports: fleet.ports.services, token: fleet.token });
  const links = connectLinks(toxiproxyUrl(fleet.ports));
  await using target = gatewayTarget({ port: fleet.ports.services.gateway, connections: 2_000 });
  const events: RunEvent[] = [];
  await runScenario({
    scenario,
    header: {
      run,
      scenario: { name: scenario.name, path: 'observe.yaml', text: '' },
      seed: scenario.seed,
      command: 'npm run bench:observe',
      startedAt: new Date().toISOString(),
      fleet: { name: fleet.name, driver: fleet.driver, ephemeral: false, policies: {} },
      versions: {},
      machine: { platform: process.platform, cpus: 1, memoryMb: 0 },
    },
    clock: systemClock,
    stage: fleetStage({ run, admin, keeper }),
    faults: fleetFaults({ run, seed: 1, keeper, links, admin }),
    target,
    sources: watched ? serviceNames.map((service) => eventSource(service, admin)) : [],
    watch: { onExit: () => {}, onHand: () => {}, onRate: () => {}, lost: new Promise(() => {}) },
    onEvent: (event) => events.push(event),
    signal: new AbortController().signal,
  });
  const record = foldRun(events);
  const judged = record.phases.find(({ name }) => name === 'all');
  const orders = record.requests.filter(
    ({ dueAt }) => judged !== undefined && dueAt >= judged.from && dueAt < judged.to,
  );
  const bytes = events.reduce((sum, event) => sum + JSON.stringify(event).length + 1, 0);
  return {
    ordersPerSecond: orders.filter(({ outcome }) => outcome === 'success').length / 5,
    p99Ms: distributionOf(durationsOf(orders)).p99,
    bytesPerOrder: bytes / record.requests.length,
    gaps: record.gaps.length + record.holes.length,
  };
}

function mediansOf(all: readonly Figures[]): Figures {
  const of = (key: keyof Figures): number => medianOf(all.map((figures) => figures[key]));
  return {
    ordersPerSecond: of('ordersPerSecond'),
    p99Ms: of('p99Ms'),
    bytesPerOrder: of('bytesPerOrder'),
    gaps: Math.max(...all.map(({ gaps }) => gaps)),
  };
}

function told({ ordersPerSecond, p99Ms, bytesPerOrder, gaps }: Figures): string {
  return `${ordersPerSecond.toFixed(0)} orders/s, p99 ${p99Ms.toFixed(0)} ms, ${bytesPerOrder.toFixed(0)} bytes an order, ${gaps} gaps`;
}
