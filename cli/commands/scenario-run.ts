// `smartorders scenario run`: the composition root of a run. Scenario → plan → run → events → screen, journal, verdict, reports.
import { randomBytes } from 'node:crypto';
import { arch, cpus, platform, totalmem } from 'node:os';
import { resolve } from 'node:path';
import type { RunEvent } from '../../services/contract/events.ts';
import { serviceNames } from '../../services/fleet.ts';
import { type ExitCode, exitCodes, signalExitCodes } from '../exit-codes.ts';
import { connectAdmin } from '../fleet/admin.ts';
import { eventSource } from '../fleet/event-source.ts';
import { bringUp, connectFleet, type Fleet, findFleet } from '../fleet/fleet.ts';
import { fleetFaults } from '../fleet/fleet-faults.ts';
import { fleetStage } from '../fleet/fleet-stage.ts';
import { gatewayTarget } from '../fleet/gateway-target.ts';
import { connectLinks } from '../fleet/links.ts';
import { assertReady, assertWhole } from '../fleet/ready.ts';
import { renderJson } from '../report/json.ts';
import { lineOf } from '../report/line.ts';
import { summaryLines } from '../report/summary.ts';
import { systemClock } from '../runner/clock.ts';
import type { Watch } from '../runner/ports.ts';
import { type RunOptions, runScenario } from '../runner/run.ts';
import { formatPlan } from '../scenario/format-plan.ts';
import { formatProblem } from '../scenario/format-problem.ts';
import { plan } from '../scenario/plan.ts';
import { policiesOf } from '../scenario/policies.ts';
import type { Scenario } from '../scenario/schema.ts';
import { interrupted, type Stopper, watchSignals } from '../stop-signal.ts';
import type { Terminal } from '../terminal.ts';
import type { VerdictWord } from '../verdict/judgement.ts';
import { resultOf } from '../verdict/result.ts';
import { version } from '../version.ts';
import { seconds, showStarting } from './progress.ts';
import { openJournal, writeReports } from './report-files.ts';
import { readScenario, type ScenarioFile } from './scenario-files.ts';

export interface ScenarioRunOptions {
  readonly fleet: string;
  readonly ephemeral?: boolean;
  readonly seed?: number;
  readonly dryRun?: boolean;
  readonly reports: string;
  readonly json?: boolean;
}

export async function runCommand(name: string, options: ScenarioRunOptions, terminal: Terminal): Promise<ExitCode> {
  const file = readScenario(name, terminal.cwd);
  if (!file.parsed.ok) {
    for (const problem of file.parsed.problems) terminal.err(formatProblem(problem));
    return exitCodes.usage;
  }
  const { seed = file.parsed.scenario.seed } = options;
  const scenario = { ...file.parsed.scenario, seed };
  if (options.dryRun === true) {
    terminal.out(
      options.json === true ? JSON.stringify(plan(scenario), null, 2) : formatPlan(plan(scenario), scenario),
    );
    return exitCodes.passed;
  }
  using stopper = watchSignals(terminal.err);
  try {
    return await run({ name, file, scenario, options, terminal, stopper });
  } catch (error) {
    const signal = stopper.received();
    throw signal === null ? error : interrupted(signal);
  }
}

// --- internal ---

interface Invocation {
  readonly name: string;
  readonly file: ScenarioFile;
  readonly scenario: Scenario;
  readonly options: ScenarioRunOptions;
  readonly terminal: Terminal;
  readonly stopper: Stopper;
}

async function run(invocation: Invocation): Promise<ExitCode> {
  const { scenario, options, terminal, stopper } = invocation;
  const { paint } = terminal;
  const say = options.json === true ? terminal.err : terminal.out;
  const runId = newRunId(scenario.name);
  using journal = openJournal(resolve(terminal.cwd, options.reports), runId);

  say(`${paint.bold(scenario.name)}: ${scenario.title}`);
  const events: RunEvent[] = [];
  const wall = { start: performance.now(), ready: 0, end: 0 };
  {
    await using fleet = await fleetFor(invocation, say);
    await fleet.keeper.call({ op: 'lease', run: runId });
    await assertReady(fleet.state);
    await assertWhole(fleet.state);
    wall.ready = performance.now();
    say(paint.dim(`fleet ready after ${seconds(wall.ready - wall.start)}; run ${runId}`));
    await onFleet({ fleet, runId, invocation }, (event) => {
      const line = lineOf(event, paint);
      if (line !== null) say(line);
      journal.append(event);
      events.push(event);
    });
    wall.end = performance.now();
  }
  const result = resultOf(events, { cutOff: false });
  const reportFrom = performance.now();
  const files = writeReports(journal.folder, result);
  const spent = { run: wall.end - wall.ready, report: performance.now() - reportFrom };
  if (options.json === true) terminal.out(renderJson(result));
  for (const line of summaryLines(result, paint)) say(line);
  say('');
  for (const path of files) say(paint.dim(`  wrote ${path}`));
  say(
    paint.dim(
      `  fleet ready ${seconds(wall.ready - wall.start)}, run ${seconds(spent.run)}, report ${seconds(spent.report)}`,
    ),
  );
  const signal = stopper.received();
  return signal === null ? verdictExitCodes[result.verdict] : signalExitCodes[signal];
}

const verdictExitCodes: Readonly<Record<VerdictWord, ExitCode>> = {
  passed: exitCodes.passed,
  failed: exitCodes.failed,
  inconclusive: exitCodes.inconclusive,
  aborted: exitCodes.aborted,
  errored: exitCodes.environment,
  interrupted: exitCodes.interrupted,
};

/** The running fleet of that name, else one of the run's own. */
async function fleetFor({ options, terminal, stopper }: Invocation, say: (line: string) => void): Promise<Fleet> {
  const { env, paint } = terminal;
  const running = options.ephemeral === true ? null : findFleet(options.fleet, env);
  if (running !== null) return connectFleet(running);
  say(paint.dim('bringing up a fleet of its own'));
  const name = `run-${randomBytes(4).toString('hex')}`;
  return bringUp({ name, env, basePort: null, onStarted: showStarting(say, paint), signal: stopper.signal });
}

interface FleetRun {
  readonly fleet: Fleet;
  readonly runId: string;
  readonly invocation: Invocation;
}

async function onFleet({ fleet, runId, invocation }: FleetRun, onEvent: (event: RunEvent) => void): Promise<void> {
  const { scenario, stopper } = invocation;
  const { state, keeper } = fleet;
  const admin = connectAdmin({ ports: state.ports.services, token: state.token });
  const links = connectLinks(`http://127.0.0.1:${state.ports.toxiproxy}`);
  const connections = Object.values(scenario.load).reduce((sum, { maxInFlight }) => sum + maxInFlight, 0);
  await using target = gatewayTarget({ port: state.ports.services.gateway, connections });
  await runScenario({
    scenario,
    header: headerOf({ fleet, runId, invocation }),
    clock: systemClock,
    stage: fleetStage({ run: runId, admin, keeper }),
    faults: fleetFaults({ run: runId, seed: scenario.seed, keeper, links, admin }),
    target,
    sources: serviceNames.map((service) => eventSource(service, admin)),
    watch: watchOf(fleet),
    onEvent,
    signal: stopper.signal,
  });
}

function headerOf({ fleet, runId, invocation }: FleetRun): RunOptions['header'] {
  const { name, file, scenario, options } = invocation;
  const seedFlag = options.seed === undefined ? '' : ` --seed ${options.seed}`;
  return {
    run: runId,
    scenario: { name: scenario.name, path: file.path, text: file.text },
    seed: scenario.seed,
    command: `smartorders scenario run ${name}${seedFlag}`,
    startedAt: new Date().toISOString(),
    fleet: {
      name: fleet.state.name,
      driver: fleet.state.driver,
      ephemeral: fleet.state.ephemeral,
      policies: policiesOf(scenario),
    },
    versions: { smartorders: version(), node: process.versions.node },
    machine: { platform: `${platform()}-${arch()}`, cpus: cpus().length, memoryMb: Math.round(totalmem() / 2 ** 20) },
  };
}

const watchOf = ({ keeper }: Fleet): Watch => ({
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
