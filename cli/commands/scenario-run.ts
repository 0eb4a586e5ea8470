// `smartorders scenario run`: scenario → plan → run → events → screen, journal, verdict, reports; one after the other.
import { resolve } from 'node:path';
import { type ExitCode, exitCodes, signalExitCodes } from '../exit-codes.ts';
import { renderJson } from '../report/json.ts';
import { plain } from '../report/paint.ts';
import { ciRequests, type ReportRequest, standardRequests } from '../report/requested.ts';
import type { RunSeries } from '../report/run-series.ts';
import { lineText } from '../report/visible.ts';
import { formatPlan } from '../scenario/format-plan.ts';
import { plan } from '../scenario/plan.ts';
import { interrupted, type Stopper, watchSignals } from '../stop-signal.ts';
import type { Terminal } from '../terminal.ts';
import { type VerdictWord, verdictWords } from '../verdict/judgement.ts';
import { differsFromKnown } from '../verdict/known.ts';
import type { RunResult } from '../verdict/run-result.ts';
import { inJobs, type Shard, tasksOf, type Worked } from './in-jobs.ts';
import { deliverReports, onStdout, proveWritable, requestsOf } from './report-files.ts';
import { type FleetKeeping, fleetsFor } from './run-fleets.ts';
import { runOne } from './run-one.ts';
import { indexFile, writeIndex } from './runs-index.ts';
import { overridesOf, type Selected, type Selection, selectScenarios } from './select-scenarios.ts';
import { seriesLines } from './series.ts';
import { canShow, comfortable, smallest } from './viewed/on-screen.ts';
import { viewedVariable } from './viewed/records.ts';
import { rescueTerminal } from './viewed/rescue.ts';

export interface ScenarioRunOptions extends Selection, FleetKeeping {
  readonly seed?: number;
  readonly dryRun?: boolean;
  readonly known?: boolean;
  readonly reports: string;
  readonly report?: readonly string[];
  readonly json?: boolean;
  /** Absent: where there is a terminal that is large enough, and one run. */
  readonly dashboard?: boolean;
  /** How often each is run. Default 1. */
  readonly repeat?: number;
  /** Begin no other run after one that did not end as it should. */
  readonly failFast?: boolean;
  /** Which part of the runs is done here. Default all. */
  readonly shard?: Shard;
  /** How many runs at a time, each on a fleet of its own. Default 1. */
  readonly jobs?: number;
  /** In a pipeline: no colour, every report, one table at the end. */
  readonly ci?: boolean;
}

export async function runCommand(
  words: readonly string[],
  options: ScenarioRunOptions,
  given: Terminal,
): Promise<number> {
  const { ci = false, report: texts = [], json = false, reports } = options;
  const terminal = ci ? { ...given, paint: plain } : given;
  const selected = selectScenarios(words, options, terminal)?.map((each) => withSeed(each, options.seed));
  if (selected === undefined) return exitCodes.usage;
  const { repeat = 1, shard = { part: 1, of: 1 } } = options;
  const tasks = tasksOf(selected, repeat, shard);
  if (tasks.length === 0)
    terminal.err(`shard ${shard.part}/${shard.of} has nothing to run: there are too few scenarios`);
  if (options.dryRun === true) {
    showPlans(tasks, options, terminal);
    return exitCodes.passed;
  }
  const otherwise = ci ? ciRequests(reports) : standardRequests;
  const requests = requestsOf({ texts, runs: tasks.length, json, otherwise });
  proveWritable(requests, terminal.cwd);
  if (tasks.length === 1 && !onStdout(requests) && isViewed(options, terminal)) {
    const { viewRun } = await import('./viewed/view-run.ts');
    return viewRun({ args: process.argv.slice(2), asks: true }, terminal);
  }
  rescueTerminal(terminal.env);
  using stopper = watchSignals(terminal.err);
  try {
    return await runAll(tasks, options, { terminal, stopper, requests });
  } catch (error) {
    const signal = stopper.received();
    throw signal === null ? error : interrupted(signal);
  }
}

// --- internal ---

/** A series is told in lines: nobody could read the end of a run that the next one replaces. */
function isViewed({ dashboard, json = false, ci = false }: ScenarioRunOptions, terminal: Terminal): boolean {
  const isShown = terminal.env[viewedVariable] !== undefined;
  if (dashboard === false || json || ci || isShown) return false;
  return canShow(terminal, dashboard === true ? smallest : comfortable);
}

interface Around {
  readonly terminal: Terminal;
  readonly stopper: Stopper;
  readonly requests: readonly ReportRequest[];
}

const withSeed = (selected: Selected, seed = selected.scenario.seed): Selected => ({
  ...selected,
  scenario: { ...selected.scenario, seed },
});

async function runAll(
  tasks: readonly Selected[],
  options: ScenarioRunOptions,
  { terminal, stopper, requests }: Around,
): Promise<ExitCode> {
  const { reports, json = false, ci = false, known: asKnown = false } = options;
  const say = json || onStdout(requests) ? terminal.err : terminal.out;
  const { done, left, failure } = await runTasks(tasks, options, { terminal, stopper, requests, say });
  const outcomes = done.map(({ task, result }) => ({
    result,
    difference: differsFromKnown(result, task.scenario.known),
  }));
  const series: RunSeries = {
    runs: done.map(({ result }) => result),
    notRun: left.map(({ scenario }) => scenario.name),
    ...(asKnown ? { differences: outcomes.map(({ difference }) => difference) } : {}),
  };
  if (json && (failure === null || done.length > 0)) terminal.out(renderJson(series));
  for (const line of seriesLines(outcomes, { asKnown, of: tasks.length, isTable: ci }, terminal.paint)) say(line);
  for (const path of deliverReports(series, requests, { say, terminal })) say(terminal.paint.dim(`  wrote ${path}`));
  if (ci && done.length > 0) {
    writeIndex(resolve(terminal.cwd, reports));
    say(terminal.paint.dim(`  wrote ${reports}/${indexFile}`));
    say(`  each run has a folder under ${reports}; journal.ndjson is its record, report.html the whole story`);
  }
  if (failure !== null) throw failure.error;
  const signal = stopper.received();
  if (signal !== null) return signalExitCodes[signal];
  if (tasks.length === 0) return exitCodes.passed;
  if (!asKnown) return verdictExitCodes[worst(series.runs)];
  return left.length === 0 && outcomes.every(({ difference }) => difference === null)
    ? exitCodes.passed
    : exitCodes.failed;
}

interface Speaking extends Around {
  readonly say: (line: string) => void;
}

async function runTasks(
  tasks: readonly Selected[],
  options: ScenarioRunOptions,
  { terminal, stopper, requests, say }: Speaking,
): Promise<Worked<Selected, RunResult>> {
  const { seed, reports, ci = false, jobs = 1, failFast = false, known = false } = options;
  const { signal } = stopper;
  const overrides = overridesOf(options);
  const isGrouped = ci && terminal.env.GITHUB_ACTIONS === 'true';
  const isSeries = tasks.length > 1;
  await using stack = new AsyncDisposableStack();
  // Side by side each needs a fleet of its own, also where one is up.
  const ephemeral = options.ephemeral === true || jobs > 1;
  const fleets = Array.from({ length: jobs }, () =>
    stack.use(fleetsFor({ ...options, ephemeral, isSeries, say: jobs > 1 ? () => {} : say, terminal, signal })),
  );
  let started = 0;

  async function work(selected: Selected, job: number): Promise<RunResult> {
    const own = fleets[job];
    if (own === undefined) throw new RangeError(`there is no job ${job}`);
    const { name } = selected.scenario;
    // Lines of runs side by side would make no sense: each run's are kept together until its end.
    const kept: string[] = [];
    const tell = jobs > 1 ? (line: string) => void kept.push(line) : say;
    started += 1;
    if (jobs > 1) say(terminal.paint.dim(`${lineText(name)} begins, ${started} of ${tasks.length}`));
    else if (started > 1 && !isGrouped) say('');
    if (isGrouped) tell(`::group::${lineText(name)}`);
    try {
      const { current: fleet, letGo } = own;
      const around = { fleet, letGo, signal, say: tell, terminal };
      const result = await runOne({ selected, overrides, seed, reports, requests, asKnown: known, ...around });
      if (result.verdict === 'errored') await own.drop();
      return result;
    } finally {
      if (isGrouped) tell('::endgroup::');
      for (const line of kept.length > 0 && !isGrouped ? ['', ...kept] : kept) say(line);
    }
  }

  // Awaited here: the fleets go when this function does.
  return await inJobs(tasks, {
    jobs,
    work,
    goesOn: (result, { scenario }) => {
      if (signal.aborted) return false;
      const isGood = known ? differsFromKnown(result, scenario.known) === null : result.verdict === 'passed';
      return isGood || !failFast;
    },
  });
}

/** The first in the order of the words: a series is as bad as its worst run. */
function worst(results: readonly RunResult[]): VerdictWord {
  return verdictWords.find((word) => results.some(({ verdict }) => verdict === word)) ?? 'errored';
}

const verdictExitCodes: Readonly<Record<VerdictWord, ExitCode>> = {
  passed: exitCodes.passed,
  failed: exitCodes.failed,
  inconclusive: exitCodes.inconclusive,
  aborted: exitCodes.aborted,
  errored: exitCodes.environment,
  interrupted: exitCodes.interrupted,
};

function showPlans(selected: readonly Selected[], { json = false }: ScenarioRunOptions, { out }: Terminal): void {
  const plans = selected.map(({ scenario }) => ({ scenario, steps: plan(scenario) }));
  const only = plans.length === 1 ? plans[0]?.steps : undefined;
  const machine = only ?? plans.map(({ scenario, steps }) => ({ scenario: scenario.name, steps }));
  const lines = plans.map(({ scenario, steps }) => formatPlan(steps, scenario));
  out(json ? JSON.stringify(machine, null, 2) : lines.join('\n\n'));
}
