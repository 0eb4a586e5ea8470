// What every report says in the same words: which judgements are expectations, and the figures of phases, faults and times.
import type { Window } from '../../services/contract/events.ts';
import { counted, moment, ms } from '../verdict/figures.ts';
import { isEvidence, type Judgement, type VerdictWord } from '../verdict/judgement.ts';
import { windowText } from '../verdict/rate-window.ts';
import type { FaultResult, PhaseResult, RunResult, Transition } from '../verdict/run-result.ts';
import type { definitions } from '../verdict/time-definitions.ts';

export const expectationsOf = ({ judgements }: RunResult): readonly Judgement[] =>
  judgements.filter((judgement) => !isEvidence(judgement));
export const evidenceOf = ({ judgements }: RunResult): readonly Judgement[] => judgements.filter(isEvidence);

/** `198 success, 2 rejected`. */
export function outcomesText({ counts }: PhaseResult): string {
  const some = Object.entries(counts).filter(([, count]) => count > 0);
  return some.length === 0 ? 'none' : some.map(([outcome, count]) => `${count} ${outcome}`).join(', ');
}

export const spanText = ({ from, to }: { readonly from: number; readonly to: number | null }): string =>
  `${moment(from)} to ${to === null ? 'the end' : moment(to)}`;

export const doseText = ({ observed, reason }: FaultResult): string =>
  reason === undefined ? observed : `${observed}: ${reason}`;

type Cause = Pick<Transition, 'cause' | 'streak'> & {
  readonly window?: Window | undefined;
  readonly error?: string | undefined;
};

export function causeText({ cause, streak, window, error }: Cause): string {
  const because = error === undefined ? '' : ` (${error})`;
  switch (cause) {
    case 'threshold':
      return `${window === undefined ? `${counted(streak, 'failure')} in a row` : windowText(window)}${because}`;
    case 'wait-over':
      return 'the wait is over';
    case 'probe-failed':
      return `the probe failed${because}`;
    case 'probe-succeeded':
      return 'the probe succeeded';
    default:
      return cause === 'manual' ? 'set by hand' : cause;
  }
}

export interface TimeRow {
  readonly key: keyof typeof definitions;
  /** A link, or the run. */
  readonly of: string;
  readonly value: string;
}

/** Every figure of the defence that was measured. */
export function timeRows({ times, runTimes }: RunResult): readonly TimeRow[] {
  const row = (of: string, key: TimeRow['key'], value: number | null): readonly TimeRow[] =>
    value === null ? [] : [{ of, key, value: key === 'overshoot' ? counted(value, 'call') : ms(value) }];
  return [
    ...Object.entries(times).flatMap(([link, figures]) => [
      ...row(link, 'detectMs', figures.detectMs),
      ...row(link, 'faultToOpenMs', figures.faultToOpenMs),
      ...row(link, 'overshoot', figures.overshoot),
      ...row(link, 'notClosedMs', figures.notClosedMs),
      ...row(link, 'faultEndToClosedMs', figures.faultEndToClosedMs),
    ]),
    ...row('the run', 'degradedMs', runTimes.degradedMs),
    ...row('the run', 'drainMs', runTimes.drainMs),
  ];
}

/** One sentence per figure worth telling. */
export const timesText = ({ times, runTimes, openLatency }: RunResult): readonly string[] => [
  ...Object.entries(times).flatMap(([link, { detectMs, faultToOpenMs, overshoot, faultEndToClosedMs }]) => [
    ...(faultToOpenMs === null
      ? []
      : [
          `${link} opened ${ms(faultToOpenMs)} after its fault began${detectMs === null ? '' : `, ${ms(detectMs)} after the first bad answer`}, with ${counted(overshoot ?? 0, 'call')} still under way`,
        ]),
    ...(faultEndToClosedMs === null
      ? []
      : [`${link} was closed for good ${ms(faultEndToClosedMs)} after its fault ended`]),
  ]),
  ...(runTimes.degradedMs === null || runTimes.degradedMs === 0
    ? []
    : [`customers were turned away, failed or lost in ${ms(runTimes.degradedMs)} of the judged time`]),
  ...(runTimes.drainMs === null || runTimes.drainMs === 0
    ? []
    : [`the last order from before the end of the faults had its answer ${ms(runTimes.drainMs)} after it`]),
  ...(openLatency === null
    ? []
    : [`while a breaker was open, ${counted(openLatency.n, 'order')} took ${ms(openLatency.p99Ms)} at p99`]),
];

/** Ended before it was through: what it does not tell was not measured. */
export const isBroken = (verdict: VerdictWord): boolean =>
  verdict === 'interrupted' || verdict === 'errored' || verdict === 'aborted';

/**
 * What keeps a run from having passed: broken promises; else the evidence that fell short, which is one cause for many
 * expectations; else those of them that could not be judged.
 */
export function notHeld(result: RunResult): readonly Judgement[] {
  const failed = expectationsOf(result).filter(({ standing }) => standing === 'failed');
  const isUnclear = ({ standing }: Judgement): boolean => standing === 'inconclusive';
  const evidence = evidenceOf(result).filter(isUnclear);
  return [...failed, ...(evidence.length > 0 ? evidence : expectationsOf(result).filter(isUnclear))];
}

/** `expected < 300 ms, observed 2.1 s of 481: why`. */
export const saidOf = ({ expected, observed, reason }: Judgement): string =>
  `expected ${expected}, observed ${observed}${reason === undefined ? '' : `: ${reason}`}`;
