// A moment of a recorded run, as the dashboard would have it, for tests.
import type { RunEvent } from '../../../services/contract/events.ts';
import { createFold } from '../fold/fold.ts';
import type { Moment, Transport } from '../moment.ts';
import { createJudge } from '../standings.ts';
import { eventsOf, type JournalName } from './journals.ts';

export function momentAt(name: JournalName, at: number, rest: Partial<Moment> = {}): Moment {
  return momentOf(
    eventsOf(name).filter((event) => event.at <= at),
    at,
    rest,
  );
}

export function momentOf(events: readonly RunEvent[], at: number, rest: Partial<Moment> = {}): Moment {
  const fold = createFold();
  const judge = createJudge();
  fold.add(events);
  judge.add(events);
  return { view: fold.view(at), standings: judge.standings(0), until: at, mode: 'live', speed: 1, lost: null, ...rest };
}

/** Stands still. What is done to it is kept. */
export function aTransport(moment: Moment, kind: Transport['kind'] = 'live'): Transport & { readonly done: string[] } {
  const done: string[] = [];
  const did = (what: string) => (by?: number) => void done.push(by === undefined ? what : `${what} ${by}`);
  return {
    ...{ kind, done, tick: () => moment, toggle: did('toggle'), move: did('move') },
    ...{ toStart: did('toStart'), toEnd: did('toEnd'), faster: did('faster'), close: did('close') },
  };
}
