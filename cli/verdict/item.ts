// A judgement before it is given its place in the file.
import type { Finding } from './finding.ts';
import type { Judgement } from './judgement.ts';

export interface Item extends Pick<Judgement, 'id' | 'kind' | 'title' | 'expected'> {
  /** Of what promised it, in the scenario. */
  readonly path: string;
  readonly finding: Finding;
}
