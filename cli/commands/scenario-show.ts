// `smartorders scenario show`: what scenarios do and promise, in prose and as a timeline; nothing is run.
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { plan } from '../scenario/plan.ts';
import { showLines } from '../scenario/show/show.ts';
import type { Terminal } from '../terminal.ts';
import { type Selected, type Selection, selectScenarios } from './select-scenarios.ts';

export interface ScenarioShowOptions extends Pick<Selection, 'var' | 'set'> {
  readonly ascii?: boolean;
  readonly json?: boolean;
}

/** Prose is easiest to read in lines of about this many characters. */
const [narrowest, widest] = [80, 100];

export function showScenarios(words: readonly string[], options: ScenarioShowOptions, terminal: Terminal): ExitCode {
  const selected = selectScenarios(words, options, terminal);
  if (selected === null) return exitCodes.usage;
  if (options.json === true) {
    const shown = selected.map(asData);
    terminal.out(JSON.stringify(shown.length === 1 ? shown[0] : shown, null, 2));
    return exitCodes.passed;
  }
  const width = Math.min(widest, Math.max(narrowest, terminal.size?.columns ?? narrowest));
  for (const [index, { file, scenario }] of selected.entries()) {
    if (index > 0) for (const line of ['', terminal.paint.dim('='.repeat(width)), '']) terminal.out(line);
    const lines = showLines(scenario, file, { width, isAscii: options.ascii === true, paint: terminal.paint });
    for (const line of lines) terminal.out(line);
  }
  return exitCodes.passed;
}

// --- internal ---

const asData = ({ file: { path }, scenario }: Selected) => ({ path, scenario, plan: plan(scenario) });
