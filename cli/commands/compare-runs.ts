// Which runs a word of `compare` means: one, all whose names begin with it, all of a folder, or those of a baseline file.
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { baselineSchema, factsOf, type RunFacts } from '../compare/run-facts.ts';
import { messageOf, SmartOrdersError, systemCodeOf } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { type RunResult, runResultSchema } from '../verdict/run-result.ts';
import { type FoundRun, findRun, type Where } from './find-run.ts';
import { judgedFrom } from './journal-of.ts';
import { runFoldersIn } from './run-folders.ts';

/** Without repetitions. Errors (3): a word that means nothing, a file that is no baseline. */
export function runsMeant(words: readonly string[], where: Where): readonly RunFacts[] {
  const all = words.flatMap((word) => meantBy(word, where));
  return all.filter(({ run }, index) => all.findIndex((other) => other.run === run) === index);
}

// --- internal ---

function meantBy(word: string, { reports, cwd }: Where): readonly RunFacts[] {
  const path = resolve(cwd, word);
  if (path.endsWith('.json') && statSync(path, { throwIfNoEntry: false })?.isFile() === true) return baselineIn(path);
  const inFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? runFoldersIn(path) : [];
  const named = word === 'latest' ? [] : runFoldersIn(reports).filter(({ run }) => run.startsWith(word));
  const found = inFolder.length > 0 ? inFolder : named;
  return (found.length > 0 ? found : [findRun(word, { reports, cwd })]).map((run) => factsOf(resultIn(run)));
}

/** report.json where this version wrote it, else what the journal says. */
function resultIn(run: FoundRun): RunResult {
  const report = runResultSchema.safeParse(json(join(run.folder, 'report.json')));
  if (report.success) return report.data;
  return judgedFrom(run);
}

function json(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function baselineIn(file: string): readonly RunFacts[] {
  const baseline = baselineSchema.safeParse(json(file));
  if (baseline.success) return baseline.data.runs;
  throw new SmartOrdersError('baseline', `${file} is no baseline: ${messageOf(baseline.error).split('\n')[0]}`, {
    exitCode: exitCodes.usage,
    hint: 'write one with smartorders compare <runs> --save-baseline <file>',
  });
}
