// What is expected of breakers must be possible: a breaker that is there, a path that it can take, in the time there is.
import { legalMoves } from '../breaker-moves.ts';
import { concerns } from '../concerns.ts';
import { describeFault } from '../describe-fault.ts';
import { formatDuration } from '../duration.ts';
import { linkOf } from '../fields.ts';
import { isDatabaseLink, policiesOf } from '../policies.ts';
import type { BreakerContract } from '../schema.ts';
import { endOf, faultStretches } from '../timeline.ts';
import type { Finding } from './finding.ts';
import { checkTwice } from './links.ts';
import type { View } from './view.ts';

export function* checkBreakers(view: View): Generator<Finding> {
  const { fleet, expect, phases } = view;
  yield* checkTwice(['expect', 'breakers'], Object.keys(expect.breakers));
  const off = Object.entries(fleet.links).flatMap(([key, { breaker }]) => (breaker === 'off' ? [linkOf(key)] : []));
  const faults = phases.flatMap((phase) => phase.faults).filter((fault) => fault !== null);
  for (const [key, contract] of Object.entries(expect.breakers)) {
    const path = ['expect', 'breakers', key];
    const link = linkOf(key);
    if (link === undefined) continue;
    if (isDatabaseLink(link))
      yield { path, message: `${link} leads to a database; such links have no breaker to expect anything of` };
    else if (off.includes(link))
      yield { path, message: `the breaker of ${link} is off in this scenario; nothing can be expected of it` };
    if (contract === null) continue;
    if (contract.opensWithinMs !== undefined && !faults.some((fault) => concerns(describeFault(fault).target, link))) {
      yield {
        path: [...path, 'opensWithin'],
        message: `no fault concerns ${link}; opensWithin is measured from the start of one`,
      };
    }
    if (
      contract.staysClosed === true &&
      (contract.opensWithinMs !== undefined || contract.path?.includes('open') === true)
    ) {
      yield {
        path: [...path, 'staysClosed'],
        message: 'a breaker that stays closed cannot open as well; drop one of the two',
      };
    }
    const impossible =
      contract.path === undefined ? null : (illegal(contract.path) ?? tooLong(contract.path, link, view));
    if (impossible !== null) yield { path: [...path, 'path'], message: impossible };
  }
}

// --- internal ---

type States = NonNullable<BreakerContract['path']>;

function illegal(path: States): string | null {
  const [first] = path;
  if (first !== 'closed' && first !== '...') {
    return `a breaker can never take this path: it starts closed, not ${first}; begin with closed`;
  }
  for (const [index, to] of path.entries()) {
    const from = path[index - 1];
    if (from === undefined) continue;
    if (from === '...' && to === '...') return 'two "..." in a row say no more than one; drop one';
    if (from === '...' || to === '...' || legalMoves[from].includes(to)) continue;
    return `a breaker can never take this path: from ${from} it goes to ${legalMoves[from].join(' or ')}, not to ${to}; put "..." between them`;
  }
  return null;
}

/** Each open state that is left takes openFor, counted from the first fault that could open it. */
function tooLong(path: States, link: string, { timed, fleet }: View): string | null {
  if (timed === null) return null;
  const concerned = faultStretches(timed).filter(({ spec }) => concerns(describeFault(spec).target, link));
  const openForMs = policiesOf({ fleet: { links: canonical(fleet.links) } })[link]?.breaker?.openForMs;
  if (concerned.length === 0 || openForMs === undefined) return null;
  const begin = Math.min(...concerned.map(({ from }) => from));
  const waits = path.filter((state, index) => state === 'halfOpen' && path[index - 1] === 'open').length;
  const [takes, left] = [waits * openForMs, endOf(timed) - begin];
  return takes <= left
    ? null
    : `a breaker can never take this path: ${waits === 1 ? 'its wait takes' : `its ${waits} waits take`} ${formatDuration(takes)} (openFor is ${formatDuration(openForMs)}), and the run ends ${formatDuration(left)} after the first fault on ${link}; make openFor shorter or the run longer`;
}

const canonical = (links: View['fleet']['links']): View['fleet']['links'] =>
  Object.fromEntries(Object.entries(links).map(([key, override]) => [linkOf(key) ?? key, override]));
