// The process behind `smartorders dashboard --load`: a run without phases, held by whoever shows it, and marked manual.
// It keeps no events: it may last for hours, and nobody judges it. Its journal is what is left.
import { resolve } from 'node:path';
import { watchHands } from '../fleet/hand-watch.ts';
import { assertReady, assertWhole } from '../fleet/ready.ts';
import { interrupted, watchSignals } from '../stop-signal.ts';
import type { Terminal } from '../terminal.ts';
import { playgroundScenario } from './playground-scenario.ts';
import { openJournal } from './report-files.ts';
import { fleetsFor } from './run-fleets.ts';
import { runOnFleet } from './run-on-fleet.ts';
import { newRunId } from './run-one.ts';
import { tellView } from './viewed/records.ts';
import { rescueTerminal } from './viewed/rescue.ts';

export interface PlaygroundOptions {
  readonly fleet: string;
  /** Orders a second. */
  readonly load: number;
  readonly reports: string;
}

export async function playground({ fleet: name, load, reports }: PlaygroundOptions, terminal: Terminal): Promise<void> {
  const { out: say, cwd, env } = terminal;
  rescueTerminal(env);
  using stopper = watchSignals(() => {});
  const { signal } = stopper;
  const runId = newRunId('playground');
  const selected = playgroundScenario(load);
  try {
    await using fleets = fleetsFor({ fleet: name, isSeries: false, say, terminal, signal });
    using journal = openJournal(resolve(cwd, reports), runId);
    const fleet = await fleets.current();
    const hands = watchHands(fleet.keeper);
    await fleet.keeper.call({ op: 'lease', run: runId, journal: journal.file });
    await assertReady(fleet.state);
    await assertWhole(fleet.state);
    tellView(env, say, { is: 'run', run: runId, journal: journal.file, fleet: fleet.state.name });
    const header = { selected, overrides: { vars: {}, set: [] }, seed: undefined, manual: true as const };
    await runOnFleet(fleet, { ...header, runId, hands, signal }, journal.append);
    tellView(env, say, { is: 'summary' });
    say(`the playground is over, and everything is undone; its journal: ${journal.file}`);
  } catch (error) {
    const received = stopper.received();
    throw received === null ? error : interrupted(received);
  }
}
