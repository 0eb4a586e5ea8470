// Fleets whose keeper was killed: what `down` would sweep.
import { type Finding, note, ok } from './finding.ts';

export interface Leftover {
  readonly fleet: string;
  /** Of its processes, how many still live. */
  readonly alive: number;
}

export function judgeLeftovers(leftovers: readonly Leftover[]): Finding {
  if (leftovers.length === 0) return ok('leftovers', 'no dead fleet has left anything');
  const list = leftovers.map(({ fleet, alive }) => `${fleet} (${alive} of its processes live)`);
  return note('leftovers', `${list.join(', ')}: the keeper was killed`, 'smartorders down sweeps them');
}
