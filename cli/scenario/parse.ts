// A scenario file's text → a normalised Scenario with positions, or every problem of it at once.
import { check } from './check/check.ts';
import type { Finding } from './check/finding.ts';
import { checkJourney } from './check/loads.ts';
import { builtInJourneys, type Journey, journeySchema } from './journey.ts';
import { messageAndHint } from './message-and-hint.ts';
import { noOverrides, type Overrides, override } from './overrides.ts';
import { own } from './own.ts';
import type { Position, Positions, Problem } from './position.ts';
import { type Located, locate, type Path, pathText, positionAt } from './positions.ts';
import { readYaml } from './read-yaml.ts';
import { type Scenario, scenarioSchema } from './schema.ts';
import { findingsOf, type LocatedFinding } from './schema-findings.ts';

export type Parsed =
  | { readonly ok: true; readonly scenario: Scenario; readonly positions: Positions }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** A file as it is read: where it is, and what it says. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

export interface ParseOptions {
  readonly overrides?: Overrides;
  /** Journeys that have files of their own, by name. Only those that a load names are read. */
  readonly journeyFiles?: Readonly<Record<string, TextFile>>;
}

export function parseScenario(
  text: string,
  file: string,
  { overrides = noOverrides, journeyFiles = {} }: ParseOptions = {},
): Parsed {
  const yaml = readYaml({ path: file, text });
  if (!yaml.ok) return yaml;
  const located = locate(yaml.document, yaml.lines);
  const { problems: wrongOverrides, origins } = override(yaml.document, overrides);
  const plain = yaml.plain();
  if (!plain.ok) return plain;
  const { raw } = plain;
  const others = readJourneys(usedIn(raw), journeyFiles);
  const result = scenarioSchema.safeParse(raw);
  const findings: readonly LocatedFinding[] = [
    ...(result.error?.issues ?? []).flatMap((issue) => findingsOf(issue)),
    ...check(raw, others.journeys),
    // Where a variable is unknown, what stands there says nothing.
  ].filter(({ path }) => !wrongOverrides.some((wrong) => pathText(wrong.path) === pathText(path) && path.length > 0));
  const problems = [
    ...wrongOverrides.map(({ option, path, message }) =>
      option === undefined
        ? yaml.problem(told({ path, message }), at(located, { path }))
        : optionProblem(option, message),
    ),
    ...findings.map((finding) => {
      const origin = originOf(finding.path, origins);
      if (origin?.startsWith('--set ')) return optionProblem(origin, told(finding));
      return yaml.problem(withOrigin(told(finding), origin), at(located, finding));
    }),
  ].sort((a, b) => a.line - b.line || a.column - b.column);
  const all = [...problems, ...others.problems];
  if (!result.success || all.length > 0) return { ok: false, problems: all };
  const scenario = result.data;
  return {
    ok: true,
    scenario: { ...scenario, journeys: used(scenario, others.journeys) },
    positions: located.positions,
  };
}

/** Which journeys a scenario's loads name that it does not have itself: those to look for in files. */
export function usedIn(raw: unknown): readonly string[] {
  const { load = {}, journeys = {} } = Object(raw);
  const names = Object.values(Object(load)).map((spec) => Object(spec).journey);
  return [...new Set(names.filter((name) => typeof name === 'string'))].filter(
    (name) => !Object.hasOwn(Object(journeys), name),
  );
}

// --- internal ---

interface ReadJourneys {
  /** null: there, but not readable. */
  readonly journeys: Readonly<Record<string, Journey | null>>;
  readonly problems: readonly Problem[];
}

function readJourneys(names: readonly string[], files: Readonly<Record<string, TextFile>>): ReadJourneys {
  const read = names.flatMap((name) => {
    const file = own(files, name);
    return file === undefined || Object.hasOwn(builtInJourneys, name) ? [] : [[name, readJourney(file)] as const];
  });
  // Those that nobody uses are only known by name, for "did you mean".
  const unread = Object.keys(files).map((name) => [name, null] as const);
  return {
    journeys: Object.fromEntries([...unread, ...read.map(([name, { journey }]) => [name, journey] as const)]),
    problems: read.flatMap(([, { problems }]) => problems),
  };
}

function readJourney(file: TextFile): { readonly journey: Journey | null; readonly problems: readonly Problem[] } {
  const yaml = readYaml(file);
  if (!yaml.ok) return { journey: null, problems: yaml.problems };
  const located = locate(yaml.document, yaml.lines);
  const plain = yaml.plain();
  if (!plain.ok) return { journey: null, problems: plain.problems };
  const result = journeySchema.safeParse(plain.raw);
  const findings = result.success
    ? [...checkJourney(result.data, [])]
    : result.error.issues.flatMap((issue) => findingsOf(issue));
  const problems = findings.map((finding) => yaml.problem(told(finding), at(located, finding)));
  return { journey: result.success && problems.length === 0 ? result.data : null, problems };
}

/** The scenario's own journeys, and those from elsewhere that its loads name. */
function used({ journeys, load }: Scenario, others: ReadJourneys['journeys']): Scenario['journeys'] {
  const known: Readonly<Record<string, Journey | null>> = { ...builtInJourneys, ...others, ...journeys };
  const named = Object.values(load).flatMap(({ journey }) => {
    const found = own(known, journey);
    return found === null || found === undefined ? [] : [[journey, found] as const];
  });
  return { ...journeys, ...Object.fromEntries(named) };
}

const at = ({ positions, keys }: Located, { path, onKey }: Pick<LocatedFinding, 'path' | 'onKey'>): Position =>
  positionAt(onKey === true ? keys : positions, path);

const told = ({ path, message }: Finding): string => (path.length === 0 ? message : `${pathText(path)}: ${message}`);

/** `what is wrong (${rate} is 80); what to do` */
function withOrigin(whole: string, origin: string | undefined): string {
  if (origin === undefined) return whole;
  const [what = '', ...rest] = whole.split('; ');
  return [`${what} (${origin})`, ...rest].join('; ');
}

/** Of the path itself or of the nearest thing around it. */
function originOf(path: Path, origins: ReadonlyMap<string, string>): string | undefined {
  const origin = origins.get(pathText(path));
  return origin !== undefined || path.length === 0 ? origin : originOf(path.slice(0, -1), origins);
}

function optionProblem(option: string, whole: string): Problem {
  const [, rest = ''] = option.split(' ', 2);
  const parts = messageAndHint(whole);
  return {
    file: option.startsWith('--var') ? '--var' : '--set',
    line: 1,
    column: rest.indexOf('=') + 2,
    ...parts,
    excerpt: rest,
  };
}
