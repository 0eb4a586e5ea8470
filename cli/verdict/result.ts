// The fold that everything shown of a run is derived from: its events → RunResult. It works on any journal, however old or
// broken: the scenario is read again from the text that the journal carries.
import type { EventOf, RunEvent } from '../../services/contract/events.ts';
import { foldRun } from '../metrics/fold.ts';
import type { RunRecord } from '../metrics/record.ts';
import { fingerprint, scenarioHash } from '../scenario/fingerprint.ts';
import { type Parsed, parseScenario } from '../scenario/parse.ts';
import { deedsOf, isManual } from './by-hand.ts';
import type { JournalState } from './evidence.ts';
import { counted, ms } from './figures.ts';
import { brokenRun, judge } from './judge.ts';
import type { Dose, Verdict } from './judgement.ts';
import { linkResults, percentiles } from './link-results.ts';
import type { FaultResult, RunResult } from './run-result.ts';
import { judgedSpan } from './sample.ts';
import { meets, starvedIn, starvedText } from './stalls.ts';
import { openLatencyOf, runTimesOf, timesOf } from './times.ts';

export function resultOf(
  events: readonly RunEvent[],
  journal: JournalState & { readonly skipped?: number },
): RunResult {
  const record = foldRun(events);
  const { header } = record;
  const parsed = header === null ? null : parsedFrom(header.scenario);
  const { verdict, reason, judgements, doses } = verdictOf(record, parsed, journal);
  return {
    v: 1,
    run: header?.run ?? 'unknown',
    scenario: scenarioOf(header, parsed),
    seed: header?.seed ?? 0,
    manual: isManual(record),
    command: header?.command ?? '',
    startedAt: header?.startedAt ?? '',
    verdict,
    reason,
    durationMs: record.endAt,
    judgements,
    phases: record.phases.map(({ name, judged, from, to, metrics }) => {
      const { planned, counts, duration, lateness } = metrics;
      return {
        name,
        judged,
        from,
        to,
        planned,
        counts,
        lost: counts.failed + counts.unknown + counts.dropped,
        shortCircuited: counts.rejected,
        duration: percentiles(duration),
        lateness: percentiles(lateness),
      };
    }),
    faults: record.faults.map((span) => faultResult(span, doses)),
    transitions: [...record.breakers.values()]
      .flat()
      .map(transition)
      .sort((a, b) => a.at - b.at),
    links: linkResults(record),
    series: record.series,
    incidents: incidentsOf(record),
    times: timesOf(record),
    runTimes: runTimesOf(record),
    openLatency: openLatencyOf(record),
    fleet: header === null ? null : fleetOf(header.fleet),
    versions: header?.versions ?? {},
    machine: header?.machine ?? null,
    notes: notesOf(record, journal.skipped ?? 0),
  };
}

// --- internal ---

export const parsedFrom = ({ text, path, overrides, journeys }: EventOf<'run.started'>['scenario']): Parsed =>
  parseScenario(text, path, {
    ...(overrides === undefined ? {} : { overrides }),
    ...(journeys === undefined ? {} : { journeyFiles: journeys }),
  });

function verdictOf(record: RunRecord, parsed: Parsed | null, journal: JournalState): Verdict {
  if (parsed?.ok) {
    // A run may have been given another seed than its file says.
    const scenario = { ...parsed.scenario, seed: record.header?.seed ?? parsed.scenario.seed };
    return judge(record, scenario, parsed.positions, journal);
  }
  const problem = parsed?.problems[0];
  const reason =
    problem === undefined
      ? 'the journal has no start of the run: it cannot be judged'
      : `the scenario in the journal cannot be read: ${problem.file}:${problem.line}: ${problem.message}`;
  return { ...(brokenRun(record) ?? { verdict: 'inconclusive', reason }), judgements: [], doses: [] };
}

function scenarioOf(header: RunRecord['header'], parsed: Parsed | null): RunResult['scenario'] {
  const { name = 'unknown', path = '', text = '', overrides } = header?.scenario ?? {};
  const { vars = {}, set = [] } = overrides ?? {};
  const { title, hash } = parsed?.ok
    ? { title: parsed.scenario.title, hash: scenarioHash(parsed.scenario) }
    : { title: name, hash: '' };
  return { name, title, path, text, hash, vars, set };
}

const fleetOf = ({ driver, policies }: EventOf<'run.started'>['fleet']): RunResult['fleet'] => ({
  driver,
  policies: fingerprint(policies),
});

function faultResult(
  { fault, target, dose, by, from, to }: RunRecord['faults'][number],
  doses: readonly Dose[],
): FaultResult {
  const known = doses.find((candidate) => candidate.fault === fault);
  const reason = by === 'hand' ? 'set by hand: the scenario does not know it' : 'the scenario does not know it';
  const unknown = {
    intended: 'unknown',
    observed: 'not judged',
    attempts: 0,
    hit: 0,
    standing: 'inconclusive',
    reason,
  } as const;
  return { ...(known ?? unknown), fault, target, dose, from, to };
}

const transition = ({ at, link, from, to, cause, streak, window, error }: EventOf<'breaker'>) => ({
  ...{ at, link, from, to, cause, streak },
  ...(window === undefined ? {} : { window }),
  ...(error === undefined ? {} : { error }),
});

const incidentsOf = ({ exits, gaps }: RunRecord): RunResult['incidents'] =>
  [
    ...exits.map(({ at, process, code, signal, expected }) => ({
      at,
      what: `${process} exited ${signal === null ? `with code ${code}` : `by ${signal}`}${expected ? '' : ', and no fault did it'}`,
    })),
    ...gaps.map(({ at, of, reason }) => ({ at, what: `events of ${of} were lost: ${reason}` })),
  ].sort((a, b) => a.at - b.at);

/** Later than this at p99, a generator was too busy to be trusted with short durations. */
const lateMs = 20;

function notesOf(record: RunRecord, skipped: number): readonly string[] {
  const { phases } = record;
  const span = judgedSpan(record) ?? { from: 0, to: 0 };
  const starved = starvedIn(record).filter(({ from, to }) => meets([span], from, to));
  const late = phases.filter(({ judged, metrics }) => judged && metrics.lateness.p99 > lateMs);
  return [
    ...deedsOf(record).map(({ sentence }) => sentence),
    ...late.map(({ name, metrics }) => `the load generator was late by ${ms(metrics.lateness.p99)} (p99) in ${name}`),
    ...(starved.length > 0 ? [`the machine gave no processor to ${starvedText(starved)}`] : []),
    ...(skipped > 0 ? [`${counted(skipped, 'event')} of types that this version does not know`] : []),
  ];
}
