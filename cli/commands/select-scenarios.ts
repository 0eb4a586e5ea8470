// Which scenarios a command is about: names, files, folders and globs, `--all`, `--tag`; read, and all right or refused.
import { SmartOrdersError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { formatProblem } from '../scenario/format-problem.ts';
import { nearest } from '../scenario/nearest.ts';
import type { Overrides } from '../scenario/overrides.ts';
import type { Problem } from '../scenario/position.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Terminal } from '../terminal.ts';
import { knownScenarios, namedBy, readScenario, type ScenarioFile } from './scenario-files.ts';

export interface Selection {
  readonly all?: boolean;
  /** Scenarios with any of these. */
  readonly tag?: readonly string[];
  /** `name=value`. */
  readonly var?: readonly string[];
  /** `path=value`. */
  readonly set?: readonly string[];
}

export interface Selected {
  readonly file: ScenarioFile;
  readonly scenario: Scenario;
}

/** null: some are invalid, and every problem of every file has been told. Errors (3): nothing named, nothing matches. */
export function selectScenarios(
  words: readonly string[],
  selection: Selection,
  { cwd, err }: Pick<Terminal, 'cwd' | 'err'>,
): readonly Selected[] | null {
  const { all = false, tag = [] } = selection;
  if (words.length === 0 && !all && tag.length === 0) throw nothingNamed();
  const names = words.length === 0 ? knownScenarios(cwd) : words.flatMap((word) => namedBy(word, cwd));
  const overrides = overridesOf(selection);
  const files = [...new Set(names)].map((name) => readScenario(name, cwd, overrides));
  const problems = files.flatMap(({ parsed }) => (parsed.ok ? [] : parsed.problems));
  for (const problem of onlyOnce(problems)) err(formatProblem(problem));
  if (problems.length > 0) return null;
  const read = files.flatMap((file) => (file.parsed.ok ? [{ file, scenario: file.parsed.scenario }] : []));
  return tag.length === 0 ? read : tagged(read, tag);
}

export function overridesOf({ var: vars = [], set = [] }: Selection): Overrides {
  return { vars: Object.fromEntries(vars.map(parseVariable)), set };
}

/** What a journal must carry so that the scenario can be read again from it alone. */
export function sourceOf({ file, scenario }: Selected, overrides: Overrides) {
  const journeys = Object.fromEntries(
    Object.entries(file.journeyFiles).filter(([name]) => Object.hasOwn(scenario.journeys, name)),
  );
  const isChanged = overrides.set.length + Object.keys(overrides.vars).length > 0;
  return {
    name: scenario.name,
    path: file.path,
    text: file.text,
    ...(isChanged ? { overrides: { vars: { ...overrides.vars }, set: [...overrides.set] } } : {}),
    ...(Object.keys(journeys).length > 0 ? { journeys } : {}),
  };
}

// --- internal ---

function parseVariable(text: string): readonly [string, string] {
  const cut = text.indexOf('=');
  if (cut > 0) return [text.slice(0, cut), text.slice(cut + 1)];
  throw new SmartOrdersError('variable', `--var ${text} gives no value`, {
    exitCode: exitCodes.usage,
    hint: 'write --var name=value',
  });
}

function tagged(read: readonly Selected[], tags: readonly string[]): readonly Selected[] {
  const found = read.filter(({ scenario }) => scenario.tags.some((tag) => tags.includes(tag)));
  if (found.length > 0) return found;
  const known = [...new Set(read.flatMap(({ scenario }) => scenario.tags))].sort();
  const guess = nearest(tags[0] ?? '', known);
  throw new SmartOrdersError('no-scenario', `no scenario has the tag ${tags.join(' or ')}`, {
    exitCode: exitCodes.usage,
    hint: guess === undefined ? `tags: ${known.join(', ')}` : `did you mean ${guess}?`,
  });
}

/** What is wrong with an option is wrong once, however many files it is applied to. */
function onlyOnce(problems: readonly Problem[]): readonly Problem[] {
  const texts = problems.map(formatProblem);
  return problems.filter((_, index) => texts.indexOf(texts[index] ?? '') === index);
}

const nothingNamed = (): SmartOrdersError =>
  new SmartOrdersError('no-scenario', 'no scenario is named', {
    exitCode: exitCodes.usage,
    hint: 'give names or files, --tag <tag>, or --all; smartorders scenario list shows what there is',
  });
