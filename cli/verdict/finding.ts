// What a check found, before it is given its place in the verdict.
import type { Standing } from './judgement.ts';

export interface Finding {
  readonly standing: Standing;
  readonly observed: string;
  readonly margin: string | null;
  readonly reason?: string;
  /** What shows it, event by event. */
  readonly events?: readonly string[];
}

export const inconclusive = (observed: string, reason: string): Finding => ({
  standing: 'inconclusive',
  observed,
  margin: null,
  reason,
});

export const found = (holds: boolean, observed: string, margin: string | null = null): Finding => ({
  standing: holds ? 'passed' : 'failed',
  observed,
  margin,
});
