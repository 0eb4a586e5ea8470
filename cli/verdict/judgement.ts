// What a verdict is made of. Only the words; the rules are beside it, one file each.
import type { Position } from '../scenario/position.ts';

export type Standing = 'passed' | 'failed' | 'inconclusive';
/** A run is the first of these that holds; of several runs the first counts, too. */
export const verdictWords = ['interrupted', 'errored', 'aborted', 'failed', 'inconclusive', 'passed'] as const;
export type VerdictWord = (typeof verdictWords)[number];

/** One line of the verdict. `contract`: what a breaker that the scenario does not mention owes all the same. */
export interface Judgement {
  /** Unique in the run and the same in every run of the scenario, e.g. `threshold/1`, `breaker/order->payment/path`. */
  readonly id: string;
  readonly kind: 'threshold' | 'breaker' | 'contract' | 'recovery' | 'dose' | 'load' | 'record';
  readonly title: string;
  readonly standing: Standing;
  readonly expected: string;
  readonly observed: string;
  /** How far from the limit, positive on the good side, with unit, e.g. `+188 ms`. */
  readonly margin: string | null;
  readonly reason?: string;
  /** Of a broken contract: the events that led to the first illegal step. */
  readonly events?: readonly string[];
  readonly position?: Position;
}

/** What a fault was meant to do, and what callers and callees saw of it. */
export interface Dose {
  readonly fault: string;
  readonly target: string;
  readonly dose: string;
  /** What must be seen for it to count as given. */
  readonly intended: string;
  readonly observed: string;
  readonly attempts: number;
  readonly hit: number;
  readonly standing: 'passed' | 'inconclusive';
  readonly reason?: string;
}

/** Lines that say whether the evidence suffices; all others are expectations. */
export const isEvidence = ({ kind }: Pick<Judgement, 'kind'>): boolean =>
  kind === 'dose' || kind === 'load' || kind === 'record';

export interface Verdict {
  readonly verdict: VerdictWord;
  /** One sentence. */
  readonly reason: string;
  readonly judgements: readonly Judgement[];
  readonly doses: readonly Dose[];
}
