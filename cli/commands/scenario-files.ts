// Finding scenarios by name or path and reading them. Names: the working folder's scenarios/ first, then the shipped ones.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, isAbsolute, join, relative, resolve } from 'node:path';
import { messageOf, SmartOrdersError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { packageFolder } from '../fleet/paths.ts';
import { nearest } from '../scenario/nearest.ts';
import { type Parsed, parseScenario } from '../scenario/parse.ts';

export interface ScenarioFile {
  /** As shown: relative to the working folder where that is shorter. */
  readonly path: string;
  readonly text: string;
  readonly parsed: Parsed;
}

const extension = '.yaml';

/** Errors: `no-scenario` (3) with what there is. */
export function readScenario(nameOrPath: string, cwd: string): ScenarioFile {
  const file = isPath(nameOrPath) ? resolve(cwd, nameOrPath) : find(nameOrPath, cwd);
  try {
    const text = readFileSync(file, 'utf8');
    const path = shown(file, cwd);
    return { path, text, parsed: parseScenario(text, path) };
  } catch (error) {
    throw new SmartOrdersError('no-scenario', `cannot read ${nameOrPath}: ${messageOf(error)}`, {
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

const foldersOf = (cwd: string): readonly string[] => [join(cwd, 'scenarios'), join(packageFolder(), 'scenarios')];

const isPath = (text: string): boolean => text.includes('/') || /\.ya?ml$/.test(text);

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

function shown(file: string, cwd: string): string {
  const short = relative(cwd, file);
  return short.startsWith('..') || isAbsolute(short) ? file : short;
}
