// `smartorders compare <base…> --head <head…>`: are the runs of head worse than those of base?
import { writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { compare as compareRuns, objections } from '../compare/compare.ts';
import { type FigureOutcome, type Smallest, standardSmallest } from '../compare/decide.ts';
import { mostGates, standardGates } from '../compare/figures.ts';
import { comparisonLines, comparisonMarkdown } from '../compare/render-comparison.ts';
import { type RunFacts, renderBaseline } from '../compare/run-facts.ts';
import { messageOf, SmartOrdersError } from '../errors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { parseDuration } from '../scenario/duration.ts';
import { messageAndHint } from '../scenario/message-and-hint.ts';
import { unknownWord } from '../scenario/nearest.ts';
import type { Terminal } from '../terminal.ts';
import { counted } from '../verdict/figures.ts';
import { runsMeant } from './compare-runs.ts';
import { makeFolder } from './make-folder.ts';

export interface CompareCommandOptions {
  readonly head?: readonly string[];
  readonly saveBaseline?: string;
  /** Keys of figures. */
  readonly gate?: readonly string[];
  /** `figure=absolute,relative`. */
  readonly smallest?: readonly string[];
  readonly markdown?: string;
  readonly reports: string;
  readonly json?: boolean;
}

export function compare(words: readonly string[], options: CompareCommandOptions, terminal: Terminal): ExitCode {
  const { head: headWords = [], saveBaseline, markdown, json = false } = options;
  const { out, err, cwd, paint } = terminal;
  const where = { reports: resolve(cwd, options.reports), cwd };
  const base = runsMeant(words, where);
  if (saveBaseline !== undefined) {
    saved(base, resolve(cwd, saveBaseline));
    out(`wrote ${saveBaseline}: ${counted(base.length, 'run')}`);
    if (headWords.length === 0) return exitCodes.passed;
  }
  if (headWords.length === 0) throw refused('no run of head is named; add --head <runs>, or --save-baseline <file>');
  const head = runsMeant(headWords, where);
  const known = Object.keys(base[0]?.figures ?? {});
  const gates = gatesOf(options.gate ?? [], known);
  const smallest = Object.fromEntries((options.smallest ?? []).map((text) => smallestOf(text, base)));
  const found = objections({ base, head });
  if (found.length > 0) {
    if (json) out(JSON.stringify({ outcome: 'not comparable', objections: found }, null, 2));
    for (const objection of found) err(`${paint.bad('not comparable')}: ${objection}`);
    return exitCodes.usage;
  }
  const comparison = compareRuns({ base, head }, { gates, smallest });
  if (markdown !== undefined && markdown !== '-') written(resolve(cwd, markdown), comparisonMarkdown(comparison));
  if (json) out(JSON.stringify(comparison, null, 2));
  else if (markdown === '-') out(comparisonMarkdown(comparison).trimEnd());
  else for (const line of comparisonLines(comparison, paint)) out(line);
  return outcomeExitCodes[comparison.outcome];
}

// --- internal ---

const outcomeExitCodes: Readonly<Record<FigureOutcome, ExitCode>> = {
  same: exitCodes.passed,
  improved: exitCodes.passed,
  regressed: exitCodes.failed,
  'not enough data': exitCodes.inconclusive,
};

function gatesOf(asked: readonly string[], known: readonly string[]): readonly string[] {
  const gates = asked.length === 0 ? standardGates : asked.flatMap((text) => text.split(','));
  const unknown = gates.find((gate) => !known.includes(gate));
  if (unknown !== undefined) throw refused(unknownWord('figure', unknown, known));
  if (gates.length > mostGates)
    throw refused(`at most ${mostGates} figures can decide; with more, chance alone would too often`);
  return gates;
}

/** `latency=20ms,15%`: both must be reached. */
function smallestOf(text: string, base: readonly RunFacts[]): readonly [string, Smallest] {
  const [key = '', values = ''] = text.split('=');
  const figure = base[0]?.figures[key];
  if (figure === undefined) throw refused(unknownWord('figure', key, Object.keys(base[0]?.figures ?? {})));
  const [absoluteText = '', relativeText] = values.split(',');
  const absolute = figure.unit === 'ms' ? parseDuration(absoluteText) : wholeNumber(absoluteText);
  const relative = relativeText === undefined ? standardSmallest[figure.unit].relative : percentage(relativeText);
  if (absolute === undefined || relative === undefined)
    throw refused(
      `--smallest ${text} is no effect; write ${key}=${figure.unit === 'ms' ? '20ms' : '2'},15%, an absolute and a relative one`,
    );
  return [key, { absolute, relative }];
}

const wholeNumber = (text: string): number | undefined => (/^\d{1,9}$/.test(text) ? Number(text) : undefined);

function percentage(text: string): number | undefined {
  const [, amount] = /^(\d{1,4}(?:\.\d+)?)%$/.exec(text) ?? [];
  return amount === undefined ? undefined : Number(amount) / 100;
}

function saved(runs: readonly RunFacts[], file: string): void {
  const unfit = runs.find((run) => run.unfit !== null);
  if (unfit !== undefined) throw refused(`${unfit.run} is no baseline: ${unfit.unfit}; leave it out, or run it again`);
  written(file, renderBaseline(runs));
}

function written(file: string, text: string): void {
  try {
    makeFolder(dirname(file));
    writeFileSync(file, text);
  } catch (error) {
    throw new SmartOrdersError('write', `cannot write ${file}: ${messageOf(error)}`, {
      hint: 'name a file in a folder that you may write to',
      cause: error,
    });
  }
}

function refused(whole: string): SmartOrdersError {
  const { message, hint } = messageAndHint(whole);
  return new SmartOrdersError('compare', message, { exitCode: exitCodes.usage, hint });
}
