// What a scenario changes about the fleet's links must still make sense together with what it leaves alone.
import { links } from '../../../services/fleet.ts';
import { formatDuration } from '../duration.ts';
import { linkOf } from '../fields.ts';
import { overridden } from '../policies.ts';
import type { Path } from '../positions.ts';
import type { Finding } from './finding.ts';
import type { View } from './view.ts';

export function* checkLinks({ fleet }: View): Generator<Finding> {
  yield* checkTwice(['fleet', 'links'], Object.keys(fleet.links));
  for (const [key, override] of Object.entries(fleet.links)) {
    const path = ['fleet', 'links', key];
    const link = links.find(({ id }) => id === linkOf(key));
    if (link === undefined) continue;
    if (link.callee === 'db') {
      if (override.breaker === undefined) continue;
      yield {
        path: [...path, 'breaker'],
        message: `${link.id} leads to a database; such links have a timeout and no breaker`,
      };
      continue;
    }
    const { timeoutMs, breaker } = overridden(link.policy, override);
    if (breaker === null || timeoutMs < breaker.openForMs) continue;
    const [timeout, openFor] = [formatDuration(timeoutMs), formatDuration(breaker.openForMs)];
    yield {
      path: override.timeoutMs === undefined ? [...path, 'breaker', 'openFor'] : [...path, 'timeout'],
      message: `the timeout (${timeout}) must be shorter than openFor (${openFor}); else a call from before the opening would decide the half-open state`,
    };
  }
}

/** `order->payment` and `order:payment` are one link. */
export function* checkTwice(path: Path, keys: readonly string[]): Generator<Finding> {
  for (const [index, key] of keys.entries()) {
    const same = keys
      .slice(0, index)
      .find((earlier) => linkOf(earlier) !== undefined && linkOf(earlier) === linkOf(key));
    if (same !== undefined)
      yield { path: [...path, key], message: `"${key}" and "${same}" are the same link; keep one` };
  }
}
