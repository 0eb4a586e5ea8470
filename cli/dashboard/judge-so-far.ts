// The verdict's own checks on a run that is still on, and what of their findings can be believed yet.
import type { EventOf, RunEvent } from '../../services/contract/events.ts';
import { foldRun } from '../metrics/fold.ts';
import type { Scenario } from '../scenario/schema.ts';
import { isManual } from '../verdict/by-hand.ts';
import { expectations } from '../verdict/expectations.ts';
import type { Judgement } from '../verdict/judgement.ts';
import { parsedFrom } from '../verdict/result.ts';
import { type LiveStanding, lineOf, type Standings } from './standing-line.ts';

/** `thin`: without single calls and arrivals. */
export type Kept = 'whole' | 'thin' | 'nothing';

/** Transitions are told at once and calls up to 50 ms later: what is younger than this is judged next time. */
const settledMs = 500;
/** A call is told at its end, its arrival before: the longest timeout, and room. */
const longestCallMs = 10_000;

export function judgeSoFar(events: readonly RunEvent[], kept: Kept): Standings {
  if (kept === 'nothing')
    return { lines: [], verdict: null, note: 'too long to be judged on the way; at the end it is' };
  const started = events.find((event): event is EventOf<'run.started'> => event.type === 'run.started');
  const parsed = started === undefined ? null : parsedFrom(started.scenario);
  if (!parsed?.ok)
    return { lines: [], verdict: null, note: started === undefined ? 'no run is on' : 'the scenario cannot be read' };
  if (started?.manual === true) return { lines: [], verdict: null, note: 'nothing is promised here' };
  const { scenario, positions } = parsed;
  const record = foldRun(settled(events));
  const judgements = expectations({ record, scenario, positions });
  if (isManual(record)) {
    return {
      lines: judgements.map((judgement) => lineOf(judgement, 'inconclusive')),
      verdict: null,
      note: 'by hand: inconclusive',
    };
  }
  return {
    lines: judgements.map((judgement) => {
      const isBlind = kept === 'thin' && needsCalls(judgement);
      return isBlind
        ? { ...lineOf(judgement, 'open'), observed: 'judged at the end' }
        : lineOf(judgement, liveOf(judgement, isOver(judgement, scenario, events)));
    }),
    verdict: null,
    note: null,
  };
}

// --- internal ---

function settled(events: readonly RunEvent[]): readonly RunEvent[] {
  const latest = events.reduce((last, { at }) => Math.max(last, at), 0);
  const attempts = new Set(events.flatMap((event) => (event.type === 'call' ? [event.attempt] : [])));
  const isUnderWay = (event: RunEvent): boolean =>
    event.type === 'arrival' && event.at > latest - longestCallMs && !attempts.has(event.attempt);
  return events.filter((event) => event.at <= latest - settledMs && !isUnderWay(event));
}

/** What the run has yet to bring is open, and not failed. */
function liveOf({ id, kind, standing, margin }: Judgement, over: boolean): LiveStanding {
  if (standing === 'inconclusive') return 'open';
  if (standing === 'passed') return 'passed';
  if (kind === 'threshold' && !over) return 'failing';
  const mayCome = kind === 'recovery' || id.endsWith('/path') || (id.endsWith('/opensWithin') && margin === null);
  return mayCome ? 'open' : 'failed';
}

/** Of a threshold: the phases that it speaks of have ended. */
function isOver({ id }: Judgement, { phases, expect }: Scenario, events: readonly RunEvent[]): boolean {
  const threshold = expect.thresholds[Number(id.split('/')[1]) - 1];
  const meant = threshold?.during.length ? threshold.during : phases.map(({ name }) => name);
  return meant.every((name) =>
    events.some((event) => event.type === 'phase' && event.edge === 'end' && event.name === name),
  );
}

const fromTransitions = ['/path', '/opensWithin', '/maxOpens', '/staysClosed'];

const needsCalls = ({ id, kind, title }: Judgement): boolean =>
  kind === 'contract' ||
  (kind === 'threshold' && title.startsWith('calls.')) ||
  (kind === 'breaker' && !fromTransitions.some((end) => id.endsWith(end)));
