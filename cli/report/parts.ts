// What every report says in the same words: which judgements are expectations, and the figures of phases, faults and times.
import type { Window } from '../../services/contract/events.ts';
import { counted, moment, ms } from '../verdict/figures.ts';
import type { Judgement } from '../verdict/judgement.ts';
import { windowText } from '../verdict/rate-window.ts';
import type { FaultResult, PhaseResult, RunResult, Transition } from '../verdict/run-result.ts';

const evidenceKinds: readonly Judgement['kind'][] = ['dose', 'load', 'record'];
export const isEvidence = ({ kind }: Judgement): boolean => evidenceKinds.includes(kind);

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

/** One sentence per figure worth telling. */
export const timesText = ({ times, openLatency }: RunResult): readonly string[] => [
  ...Object.entries(times).flatMap(([link, { faultToOpenMs, faultEndToClosedMs }]) => [
    ...(faultToOpenMs === null ? [] : [`${link} opened ${ms(faultToOpenMs)} after its fault began`]),
    ...(faultEndToClosedMs === null
      ? []
      : [`${link} was closed for good ${ms(faultEndToClosedMs)} after its fault ended`]),
  ]),
  ...(openLatency === null
    ? []
    : [`while a breaker was open, ${counted(openLatency.n, 'order')} took ${ms(openLatency.p99Ms)} at p99`]),
];
