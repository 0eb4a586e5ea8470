// `smartorders scenario run`: scenario → plan → run → events → screen, journal, verdict, reports; one after the other.
import { type ExitCode, exitCodes, signalExitCodes } from '../exit-codes.ts';
import { renderJson } from '../report/json.ts';
import { plain } from '../report/paint.ts';
import { ciRequests, type ReportRequest, standardRequests } from '../report/requested.ts';
import { lineText } from '../report/visible.ts';
import { formatPlan } from '../scenario/format-plan.ts';
import { plan } from '../scenario/plan.ts';
import { interrupted, type Stopper, watchSignals } from '../stop-signal.ts';
import type { Terminal } from '../terminal.ts';
import { type VerdictWord, verdictWords } from '../verdict/judgement.ts';
import { differsFromKnown } from '../verdict/known.ts';
import type { RunResult } from '../verdict/run-result.ts';
import { deliverReports, onStdout, requestsOf } from './report-files.ts';
import { type FleetKeeping, fleetsFor } from './run-fleets.ts';
import { runOne } from './run-one.ts';
import { overridesOf, type Selected, type Selection, selectScenarios } from './select-scenarios.ts';
import { seriesLines } from './series.ts';

export interface ScenarioRunOptions extends Selection, FleetKeeping {
  readonly seed?: number;
  readonly dryRun?: boolean;
  readonly known?: boolean;
  readonly reports: string;
  readonly report?: readonly string[];
  readonly json?: boolean;
  /** In a pipeline: no colour, every report, one table at the end. */
  readonly ci?: boolean;
}

export async function runCommand(
  words: readonly string[],
  options: ScenarioRunOptions,
  given: Terminal,
): Promise<ExitCode> {
  const { ci = false, report: texts = [], json = false, reports } = options;
  const terminal = ci ? { ...given, paint: plain } : given;
  const selected = selectScenarios(words, options, terminal)?.map((each) => withSeed(each, options.seed));
  if (selected === undefined) return exitCodes.usage;
  if (options.dryRun === true) {
    showPlans(selected, options, terminal);
    return exitCodes.passed;
  }
  const otherwise = ci ? ciRequests(reports) : standardRequests;
  const requests = requestsOf({ texts, runs: selected.length, json, otherwise });
  using stopper = watchSignals(terminal.err);
  try {
    return await runAll(selected, options, { terminal, stopper, requests });
  } catch (error) {
    const signal = stopper.received();
    throw signal === null ? error : interrupted(signal);
  }
}

// --- internal ---

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
  selected: readonly Selected[],
  options: ScenarioRunOptions,
  { terminal, stopper, requests }: Around,
): Promise<ExitCode> {
  const { seed, reports, json = false, ci = false } = options;
  const grouped = ci && terminal.env.GITHUB_ACTIONS === 'true';
  const say = json || onStdout(requests) ? terminal.err : terminal.out;
  const overrides = overridesOf(options);
  const results: RunResult[] = [];
  {
    await using fleets = fleetsFor({
      ...options,
      isSeries: selected.length > 1,
      say,
      terminal,
      signal: stopper.signal,
    });
    for (const each of selected) {
      if (grouped) say(`::group::${lineText(each.scenario.name)}`);
      else if (results.length > 0) say('');
      const { current: fleet, letGo } = fleets;
      const { signal } = stopper;
      const around = { fleet, letGo, signal, say, terminal };
      const result = await runOne({ selected: each, overrides, seed, reports, requests, ...around });
      results.push(result);
      if (grouped) say('::endgroup::');
      if (stopper.received() !== null) break;
      if (result.verdict === 'errored') await fleets.drop();
    }
  }
  const outcomes = results.map((result, index) => {
    const known = selected[index]?.scenario.known;
    return { result, difference: known === undefined ? null : differsFromKnown(result, known) };
  });
  const notRun = selected.slice(results.length).map(({ scenario }) => scenario.name);
  const series = { runs: results, notRun };
  if (json) terminal.out(renderJson(series));
  for (const line of seriesLines(
    outcomes,
    { asKnown: options.known === true, of: selected.length, isTable: ci },
    terminal.paint,
  ))
    say(line);
  for (const path of deliverReports(series, requests, { say, terminal })) say(terminal.paint.dim(`  wrote ${path}`));
  const signal = stopper.received();
  if (signal !== null) return signalExitCodes[signal];
  if (options.known !== true) return verdictExitCodes[worst(results)];
  return outcomes.every(({ difference }) => difference === null) ? exitCodes.passed : exitCodes.failed;
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
