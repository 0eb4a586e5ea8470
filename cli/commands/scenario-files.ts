// Finding scenarios by name, path, folder or glob, and reading them. Names: the working folder's scenarios/ first, then the
// shipped ones. Journeys with files of their own lie in journeys/ beside a scenario.
import { existsSync, globSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { messageOf, SmartOrdersError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { packageFolder } from '../fleet/paths.ts';
import { nearest } from '../scenario/nearest.ts';
import type { Overrides } from '../scenario/overrides.ts';
import { type Parsed, parseScenario, type TextFile } from '../scenario/parse.ts';

export interface ScenarioFile extends TextFile {
  /** As the command line names it, for the command that brings the run about again. */
  readonly name: string;
  readonly parsed: Parsed;
  /** Those beside it, by name; which of them it uses is said by its loads. */
  readonly journeyFiles: Readonly<Record<string, TextFile>>;
}

const extension = '.yaml';

/** `name`: of a scenario, or a file. Errors: `no-scenario` (3) with what there is. */
export function readScenario(name: string, cwd: string, overrides?: Overrides): ScenarioFile {
  const file = isPath(name) ? resolve(cwd, name) : find(name, cwd);
  try {
    const text = readFileSync(file, 'utf8');
    const path = shown(file, cwd);
    const journeyFiles = readJourneys(join(dirname(file), 'journeys'), cwd);
    const parsed = parseScenario(text, path, { journeyFiles, ...(overrides === undefined ? {} : { overrides }) });
    return { name, path, text, journeyFiles, parsed };
  } catch (error) {
    throw new SmartOrdersError('no-scenario', `cannot read ${name}: ${messageOf(error)}`, {
      exitCode: exitCodes.usage,
      hint: 'smartorders scenario list shows the names; anything with a / or ending in .yaml is a file',
      cause: error,
    });
  }
}

/** Every scenario that can be run by name. */
export function knownScenarios(cwd: string): readonly string[] {
  const names = foldersOf(cwd).flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : []));
  return [...new Set(names.filter((file) => file.endsWith(extension)).map((file) => basename(file, extension)))].sort();
}

/** A name, a path, a folder, or a glob of names (`payment-*`) or files (`scenarios/*.yaml`) → what each stands for. */
export function namedBy(word: string, cwd: string): readonly string[] {
  const found = wildcards.test(word) ? matching(word, cwd) : isFolder(resolve(cwd, word)) ? filesIn(word, cwd) : [word];
  if (found.length > 0) return found;
  throw new SmartOrdersError('no-scenario', `no scenario matches ${word}`, {
    exitCode: exitCodes.usage,
    hint: `there are ${knownScenarios(cwd).join(', ')}; quote a glob, so that the shell leaves it alone`,
  });
}

// --- internal ---

const wildcards = /[*?[\]{}]/;

const foldersOf = (cwd: string): readonly string[] => [join(cwd, 'scenarios'), join(packageFolder(), 'scenarios')];

const isPath = (text: string): boolean => text.includes('/') || /\.ya?ml$/.test(text);

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

function matching(pattern: string, cwd: string): readonly string[] {
  if (isPath(pattern)) return globSync(pattern, { cwd }).filter(isScenario).sort();
  const files = foldersOf(cwd).flatMap((folder) => globSync(pattern + extension, { cwd: folder }));
  return [...new Set(files.map((file) => basename(file, extension)))].sort();
}

const filesIn = (folder: string, cwd: string): readonly string[] =>
  globSync(join(folder, '**', `*${extension}`), { cwd })
    .filter(isScenario)
    .sort();

/** Journeys are no scenarios. */
const isScenario = (path: string): boolean => /\.ya?ml$/.test(path) && basename(dirname(path)) !== 'journeys';

function readJourneys(folder: string, cwd: string): Readonly<Record<string, TextFile>> {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(extension)) : [];
  return Object.fromEntries(
    files.map((file) => {
      const path = join(folder, file);
      return [basename(file, extension), { path: shown(path, cwd), text: readFileSync(path, 'utf8') }];
    }),
  );
}

function find(name: string, cwd: string): string {
  const file = foldersOf(cwd)
    .map((folder) => join(folder, name + extension))
    .find((candidate) => existsSync(candidate));
  if (file !== undefined) return file;
  const known = knownScenarios(cwd);
  const guess = nearest(name, known);
  throw new SmartOrdersError('no-scenario', `there is no scenario named ${name}`, {
    exitCode: exitCodes.usage,
    hint: guess === undefined ? `there are ${known.join(', ')}` : `did you mean ${guess}?`,
  });
}

/** Relative to the working folder where that is shorter. */
function shown(file: string, cwd: string): string {
  const short = relative(cwd, file);
  return short.startsWith('..') || isAbsolute(short) ? file : short;
}
