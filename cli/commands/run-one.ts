// One run: a fleet gets ready, the scenario is walked, events go to screen and journal, and the result to the reports.
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { RunEvent } from '../../services/contract/events.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { watchHands } from '../fleet/hand-watch.ts';
import { assertReady, assertWhole } from '../fleet/ready.ts';
import { lineOf } from '../report/line.ts';
import type { ReportRequest } from '../report/requested.ts';
import { onlyRun } from '../report/run-series.ts';
import { summaryLines } from '../report/summary.ts';
import { lineText } from '../report/visible.ts';
import type { Overrides } from '../scenario/overrides.ts';
import type { Terminal } from '../terminal.ts';
import { differsFromKnown } from '../verdict/known.ts';
import { resultOf } from '../verdict/result.ts';
import type { RunResult } from '../verdict/run-result.ts';
import { seconds } from './progress.ts';
import { openJournal, writeReports } from './report-files.ts';
import { runOnFleet } from './run-on-fleet.ts';
import type { Selected } from './select-scenarios.ts';
import { tellView } from './viewed/records.ts';

export interface OneRun {
  readonly selected: Selected;
  readonly overrides: Overrides;
  /** As given on the command line. */
  readonly seed: number | undefined;
  /** The folder of all reports. */
  readonly reports: string;
  readonly requests: readonly ReportRequest[];
  /** Its reports say whether it ended as it is known to. */
  readonly asKnown: boolean;
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
    await fleet.keeper.call({ op: 'lease', run: runId, journal: journal.file });
    await assertReady(fleet.state);
    await assertWhole(fleet.state);
    wall.ready = performance.now();
    say(paint.dim(`fleet ready after ${seconds(wall.ready - wall.start)}; run ${runId}`));
    tellView(terminal.env, say, { is: 'run', run: runId, journal: journal.file, fleet: fleet.state.name });
    await runOnFleet(fleet, { ...one, runId, hands }, (event) => {
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
  const difference = one.asKnown ? differsFromKnown(result, scenario.known) : undefined;
  const files = writeReports(journal.folder, onlyRun(result, difference), one.requests);
  const spent = { run: wall.end - wall.ready, report: performance.now() - reportFrom };
  tellView(terminal.env, say, { is: 'summary' });
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

/** `<scenario>-<UTC time>-<4 hex>`: sorts by time, and two runs of one second differ. */
export function newRunId(scenario: string): string {
  const stamp = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return `${scenario}-${stamp}-${randomBytes(2).toString('hex')}`;
}
