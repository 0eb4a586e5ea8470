// Cores and memory against what a fleet and its load generator want.
import { bytes, counted } from '../../verdict/figures.ts';
import { type Finding, note, ok, problem } from './finding.ts';

export interface MachineFacts {
  readonly cores: number;
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** Nine processes of about 45 MB each, some more under load. */
const [neededBytes, comfortableBytes] = [400e6, 1e9];

export function judgeMachine({ cores, freeBytes, totalBytes }: MachineFacts): Finding {
  const seen = `${counted(cores, 'core')}, ${bytes(freeBytes)} of ${bytes(totalBytes)} memory free`;
  if (freeBytes < neededBytes) {
    return problem('machine', seen, `a fleet takes about ${bytes(neededBytes)}: end something else`);
  }
  if (freeBytes < comfortableBytes) return note('machine', seen, 'enough for one fleet, not for two');
  return cores < 2 ? note('machine', seen, 'load and fleet share the core: keep rates low') : ok('machine', seen);
}
