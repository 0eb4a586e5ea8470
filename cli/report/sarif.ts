// SARIF 2.1.0: what did not hold, at the line of the scenario that promised it; for code scanning and editors.
import type { Judgement } from '../verdict/judgement.ts';
import type { RunResult } from '../verdict/run-result.ts';
import { isBroken, notHeld, saidOf } from './parts.ts';
import { type NumberedRun, numbered, type RunSeries } from './run-series.ts';
import { visible } from './visible.ts';

export function renderSarif({ runs }: RunSeries): string {
  const log = { $schema: schema, version: '2.1.0', runs: numbered(runs).map(runOf) };
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

function runOf({ run, suite }: NumberedRun) {
  const { verdict, reason, versions, startedAt, command, seed } = run;
  return {
    tool: {
      driver: {
        name: 'SmartOrders',
        ...(versions.smartorders === undefined ? {} : { version: versions.smartorders }),
        rules: Object.entries(rules).map(([id, text]) => ({ id, name: id, shortDescription: { text } })),
      },
    },
    automationDetails: { id: `smartorders/${suite}` },
    invocations: [
      {
        ...(command === '' ? {} : { commandLine: command }),
        ...(startedAt === '' ? {} : { startTimeUtc: startedAt }),
        executionSuccessful: !isBroken(verdict),
      },
    ],
    properties: { run: run.run, seed, scenarioHash: run.scenario.hash, verdict, reason: reason },
    results: resultsOf(run),
  };
}

function resultsOf(run: RunResult) {
  const { verdict, scenario } = run;
  if (isBroken(verdict)) return [ofRun(run, 'error')];
  const told = notHeld(run).map((judgement) => ofJudgement(judgement, scenario));
  return verdict === 'passed' || told.length > 0 ? told : [ofRun(run, 'warning')];
}

function ofJudgement(judgement: Judgement, scenario: RunResult['scenario']) {
  const { id, kind, standing, title, position } = judgement;
  const region = position === undefined ? {} : { region: { startLine: position.line, startColumn: position.column } };
  return {
    ...ruleOf(kind),
    level: standing === 'failed' ? 'error' : 'warning',
    message: { text: `${scenario.name}: ${title} ${standing}: ${saidOf(judgement)}` },
    ...locationsOf(scenario.path, region),
    partialFingerprints: { 'expectation/v1': `${scenario.name}/${id}` },
  };
}

const ofRun = ({ scenario, verdict, reason }: RunResult, level: 'error' | 'warning') => ({
  ...ruleOf('run'),
  level,
  message: { text: `${scenario.name}: ${verdict}: ${reason}` },
  ...locationsOf(scenario.path, {}),
  partialFingerprints: { 'expectation/v1': `${scenario.name}/run` },
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
