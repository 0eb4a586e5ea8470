// SARIF 2.1.0: what did not hold, at the line of the scenario that promised it; for code scanning and editors. All runs of a
// command are one run of the tool: GitHub takes but few runs a file, and of one category no more than one. With `--known`: what
// is as known is a note, and suppressed.
import type { Judgement } from '../verdict/judgement.ts';
import { isBroken, notHeld, saidOf } from './parts.ts';
import { isAsKnown, type NumberedRun, numbered, type RunSeries } from './run-series.ts';
import { visible } from './visible.ts';

export function renderSarif(series: RunSeries): string {
  const all = numbered(series);
  const log = { $schema: schema, version: '2.1.0', runs: [toolRun(all)] };
  return `${JSON.stringify(log, shownText, 2)}\n`;
}

// --- internal ---

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

const shownText = (_key: string, value: unknown): unknown => (typeof value === 'string' ? visible(value) : value);

/** By the kind of an expectation: what is wrong where one of them does not hold. */
const rules: Readonly<Record<string, string>> = {
  threshold: 'A threshold on what customers saw is not kept.',
  breaker: 'A breaker does not do what the scenario promises of it.',
  contract: 'A breaker does not keep to its declared policy.',
  recovery: 'The system is not well again in time.',
  run: 'The run cannot tell whether the promises are kept.',
};
const ruleIds = Object.keys(rules);

function toolRun(all: readonly NumberedRun[]) {
  const version = all[0]?.run.versions.smartorders;
  return {
    tool: {
      driver: {
        name: 'SmartOrders',
        ...(version === undefined ? {} : { version }),
        rules: Object.entries(rules).map(([id, text]) => ({ id, name: id, shortDescription: { text } })),
      },
    },
    invocations: all.map(invocationOf),
    results: all.flatMap(resultsOf),
  };
}

function invocationOf({ run: result, suite }: NumberedRun) {
  const { run, scenario, seed, verdict, reason, command, startedAt } = result;
  return {
    ...(command === '' ? {} : { commandLine: command }),
    ...(startedAt === '' ? {} : { startTimeUtc: startedAt }),
    executionSuccessful: !isBroken(verdict),
    properties: { run, suite, seed, scenarioHash: scenario.hash, verdict, reason },
  };
}

function resultsOf(one: NumberedRun): readonly Result[] {
  const told = whatIsWrong(one);
  const { verdict } = one.run;
  if (isAsKnown(one)) {
    const suppressions = [
      { kind: 'external', justification: `The scenario is known to be ${verdict} for this reason.` },
    ];
    return told.map((result) => ({ ...result, level: 'note', suppressions }));
  }
  const { difference = null } = one;
  return difference === null || told.some(({ level }) => level === 'error')
    ? told
    : [...told, ofRun(one, 'error', difference)];
}

function whatIsWrong(one: NumberedRun): readonly Result[] {
  const { verdict, reason } = one.run;
  const why = `${verdict}: ${reason}`;
  if (isBroken(verdict)) return [ofRun(one, 'error', why)];
  const told = notHeld(one.run).map((judgement) => ofJudgement(judgement, one));
  return verdict === 'passed' || told.length > 0 ? told : [ofRun(one, 'warning', why)];
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: 'error' | 'warning' | 'note';
  readonly message: { readonly text: string };
  readonly locations?: readonly object[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly object[];
}

function ofJudgement(judgement: Judgement, { run, suite }: NumberedRun): Result {
  const { id, kind, standing, title, position } = judgement;
  const region = position === undefined ? {} : { region: { startLine: position.line, startColumn: position.column } };
  return {
    ...ruleOf(kind),
    level: standing === 'failed' ? 'error' : 'warning',
    message: { text: `${suite}: ${title} ${standing}: ${saidOf(judgement)}` },
    ...locationsOf(run.scenario.path, region),
    partialFingerprints: { 'expectation/v1': `${suite}/${id}` },
  };
}

const ofRun = ({ run: { scenario }, suite }: NumberedRun, level: 'error' | 'warning', why: string): Result => ({
  ...ruleOf('run'),
  level,
  message: { text: `${suite}: ${why}` },
  ...locationsOf(scenario.path, {}),
  partialFingerprints: { 'expectation/v1': `${suite}/run` },
});

const ruleOf = (kind: string) => {
  const ruleId = kind in rules ? kind : 'run';
  return { ruleId, ruleIndex: ruleIds.indexOf(ruleId) };
};

const locationsOf = (path: string, region: object) =>
  path === '' ? {} : { locations: [{ physicalLocation: { artifactLocation: artifactOf(path), ...region } }] };

/** A URI: relative to the checked-out sources, or of a file elsewhere. */
function artifactOf(path: string) {
  const uri = path
    .replaceAll('\\', '/')
    .split('/')
    .map((part) => encodeURIComponent(part.toWellFormed()))
    .join('/');
  return path.startsWith('/') ? { uri: `file://${uri}` } : { uri, uriBaseId: '%SRCROOT%' };
}
