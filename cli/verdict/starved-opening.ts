// A breaker that only the machine opened: its calls timed out while the machine gave some service no processor, and no fault
// could have made them. What then follows from the open breaker says nothing of the system.

import type { EventOf } from '../../services/contract/events.ts';
import { links } from '../../services/fleet.ts';
import type { RunRecord } from '../metrics/record.ts';
import { moment } from './figures.ts';
import type { Judgement } from './judgement.ts';
import { meets, type Starved, starvedIn, starvedText } from './stalls.ts';

/** A promise that such an opening breaks is inconclusive. What a breaker may never do stays forbidden. */
export function doubtedByStarvation(judgements: readonly Judgement[], record: RunRecord): readonly Judgement[] {
  const doubt = starvedOpening(record);
  return doubt === null
    ? judgements
    : judgements.map((judgement) =>
        judgement.standing === 'failed' && isOutcome(judgement)
          ? { ...judgement, standing: 'inconclusive', reason: doubt }
          : judgement,
      );
}

// --- internal ---

const outcomeKeys = ['path', 'opensWithin', 'probes', 'maxOpens', 'staysClosed'];

const isOutcome = ({ id, kind }: Judgement): boolean =>
  kind === 'threshold' || kind === 'recovery' || outcomeKeys.includes(id.split('/').at(-1) ?? '');

/** null: there is none. */
function starvedOpening(record: RunRecord): string | null {
  const starved = starvedIn(record);
  if (starved.length === 0) return null;
  for (const move of [...record.breakers.values()].flat()) {
    if (move.from !== 'closed' || move.cause !== 'threshold') continue;
    const met = starvedBy(record, move, starved);
    if (met.length > 0)
      return `${move.link} opened at ${moment(move.at)} by calls that timed out while the machine gave no processor to ${starvedText(met)}`;
  }
  return null;
}

function starvedBy(record: RunRecord, move: EventOf<'breaker'>, starved: readonly Starved[]): readonly Starved[] {
  const failures = (record.calls.get(move.link) ?? []).filter(
    ({ src, generation, outcome, end }) =>
      src === move.src && generation === move.generation - 1 && outcome === 'failure' && end <= move.at,
  );
  const deciding = failures
    .slice(-(move.window?.failures ?? move.streak))
    .filter(({ failure }) => failure === 'timeout');
  const blameless = deciding.filter(({ start }) => !couldBeFaulty(record, move.link, { from: start, to: move.at }));
  return starved.filter(({ from, to }) =>
    meets(
      blameless.map(({ start, end }) => ({ from: start, to: end })),
      from,
      to,
    ),
  );
}

/** A fault slows its own link and all that wait for it: those into its caller, and those into that one's callers. */
function couldBeFaulty({ faults }: RunRecord, link: string, { from, to }: { from: number; to: number }): boolean {
  const on = faults.filter((fault) =>
    meets([{ from: fault.from, to: fault.to ?? Number.POSITIVE_INFINITY }], from, to),
  );
  return on.some(({ target }) => reached(target).has(link));
}

function reached(target: string): ReadonlySet<string> {
  const own = links.filter(({ id, callee }) => id === target || callee === target);
  const found = new Set<string>(own.map(({ id }) => id));
  let callers = new Set<string>(own.map(({ caller }) => caller));
  while (callers.size > 0) {
    const next = links.filter(({ id, callee }) => callers.has(callee) && !found.has(id));
    for (const { id } of next) found.add(id);
    callers = new Set(next.map(({ caller }) => caller));
  }
  return found;
}
