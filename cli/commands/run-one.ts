// One run: a fleet gets ready, the scenario is walked, events go to screen and journal, and the result to the reports.
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { RunEvent } from '../../services/contract/events.ts';
import { serviceNames } from '../../services/fleet.ts';
import { connectAdmin } from '../fleet/admin.ts';
import { eventSource } from '../fleet/event-source.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { fleetFaults } from '../fleet/fleet-faults.ts';
import { fleetStage } from '../fleet/fleet-stage.ts';
import { gatewayTarget } from '../fleet/gateway-target.ts';
import { watchHands } from '../fleet/hand-watch.ts';
import { connectLinks, toxiproxyUrl } from '../fleet/links.ts';
import { assertReady, assertWhole } from '../fleet/ready.ts';
import { lineOf } from '../report/line.ts';
import type { ReportRequest } from '../report/requested.ts';
import { summaryLines } from '../report/summary.ts';
import { lineText } from '../report/visible.ts';
import { systemClock } from '../runner/clock.ts';
import type { Watch } from '../runner/ports.ts';
import { runScenario } from '../runner/run.ts';
import { mostInFlight } from '../scenario/load.ts';
import type { Overrides } from '../scenario/overrides.ts';
import type { Terminal } from '../terminal.ts';
import { resultOf } from '../verdict/result.ts';
import type { RunResult } from '../verdict/run-result.ts';
import { seconds } from './progress.ts';
import { openJournal, writeReports } from './report-files.ts';
import { headerOf } from './run-header.ts';
import type { Selected } from './select-scenarios.ts';

export interface OneRun {
  readonly selected: Selected;
  readonly overrides: Overrides;
  /** As given on the command line. */
  readonly seed: number | undefined;
  /** The folder of all reports. */
  readonly reports: string;
  readonly requests: readonly ReportRequest[];
  /** Asked for once, after the reports can be written. */
  readonly fleet: () => Promise<Fleet>;
  /** Lets go of the fleet; whatever it then takes belongs to the run. */
  readonly letGo: (fleet: Fleet) => Promise<void>;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  readonly terminal: Terminal;
}

export async function runOne(one: OneRun): Promise<RunResult> {
  const { selected, terminal, say, fleet: fleetFor, letGo } = one;
  const { scenario } = selected;
  const { paint } = terminal;
  const runId = newRunId(scenario.name);
  using journal = openJournal(resolve(terminal.cwd, one.reports), runId);

  say(`${paint.bold(scenario.name)}: ${lineText(scenario.title)}`);
  const events: RunEvent[] = [];
  const wall = { start: performance.now(), ready: 0, end: 0 };
  const fleet = await fleetFor();
  try {
    const hands = watchHands(fleet.keeper);
    await fleet.keeper.call({ op: 'lease', run: runId });
    await assertReady(fleet.state);
    await assertWhole(fleet.state);
    wall.ready = performance.now();
    say(paint.dim(`fleet ready after ${seconds(wall.ready - wall.start)}; run ${runId}`));
    await onFleet(fleet, { one, runId, hands }, (event) => {
      const line = lineOf(event, paint);
      if (line !== null) say(line);
      journal.append(event);
      events.push(event);
    });
    wall.end = performance.now();
  } finally {
    await letGo(fleet);
  }
  const result = resultOf(events, { cutOff: false });
  const reportFrom = performance.now();
  const files = writeReports(journal.folder, result, one.requests);
  const spent = { run: wall.end - wall.ready, report: performance.now() - reportFrom };
  for (const line of summaryLines(result, paint)) say(line);
  say('');
  for (const path of files) say(paint.dim(`  wrote ${path}`));
  say(
    paint.dim(
      `  fleet ready ${seconds(wall.ready - wall.start)}, run ${seconds(spent.run)}, report ${seconds(spent.report)}`,
    ),
  );
  return result;
}

// --- internal ---

interface FleetRun {
  readonly one: OneRun;
  readonly runId: string;
  readonly hands: Pick<Watch, 'onHand'>;
}

async function onFleet(
  fleet: Fleet,
  { one, runId, hands }: FleetRun,
  onEvent: (event: RunEvent) => void,
): Promise<void> {
  const { selected, overrides, seed, signal } = one;
  const { scenario } = selected;
  const { state, keeper } = fleet;
  const admin = connectAdmin({ ports: state.ports.services, token: state.token });
  const links = connectLinks(toxiproxyUrl(state.ports));
  const connections = Object.values(scenario.load).reduce((sum, load) => sum + mostInFlight(load), 0);
  await using target = gatewayTarget({ port: state.ports.services.gateway, connections });
  await runScenario({
    scenario,
    header: headerOf({ fleet, runId, selected, overrides, seed }),
    ...(selected.file.parsed.ok ? { positions: selected.file.parsed.positions } : {}),
    clock: systemClock,
    stage: fleetStage({ run: runId, admin, keeper }),
    faults: fleetFaults({ run: runId, seed: scenario.seed, keeper, links, admin }),
    target,
    sources: serviceNames.map((service) => eventSource(service, admin)),
    watch: { ...watchOf(fleet), ...hands },
    onEvent,
    signal,
  });
}

const watchOf = ({ keeper }: Fleet): Omit<Watch, 'onHand'> => ({
  onExit: (listener) =>
    keeper.onPush((push) => {
      if (push.push === 'exited') listener({ process: push.process, code: push.code, signal: push.signal });
    }),
  lost: keeper.closed.then(() => 'the keeper of the fleet is gone'),
});

/** `<scenario>-<UTC time>-<4 hex>`: sorts by time, and two runs of one second differ. */
function newRunId(scenario: string): string {
  const stamp = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return `${scenario}-${stamp}-${randomBytes(2).toString('hex')}`;
}
