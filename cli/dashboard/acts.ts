// What a person does to the running system. It may take a while and may fail: both are said in the status line.
import type { ForcedState, Hands } from './ports.ts';
import { type ReadyFault, ttlMs } from './ready-faults.ts';
import type { LinkView, Tone, View } from './view.ts';

export type Say = (text: string, tone: Tone) => void;

export interface ActsOptions {
  /** Or why there are none: then nothing is done. */
  readonly hands: Hands | string;
  readonly say: Say;
  readonly view: () => View;
}

export interface Acts {
  readonly addFault: (ready: ReadyFault) => void;
  /** What a hand has set; what the scenario planned stays. */
  readonly heal: () => void;
  readonly force: (link: LinkView | undefined, to: ForcedState) => void;
  readonly scaleLoad: (factor: number) => void;
}

export function createActs({ hands, say, view }: ActsOptions): Acts {
  function act(what: string, doIt: (hands: Hands) => Promise<unknown>): void {
    if (typeof hands === 'string') return;
    say(`${what} …`, 'dim');
    doIt(hands).then(
      () => say(what, 'ok'),
      (error: unknown) => say(`${what} failed: ${error instanceof Error ? error.message : String(error)}`, 'bad'),
    );
  }

  return {
    addFault: ({ label, fault }) =>
      act(`fault for ${ttlMs / 1_000} s: ${label}`, (able) => able.addFault(fault, ttlMs)),
    heal: () => {
      const set = view().faults.filter(({ by, state }) => by === 'hand' && state === 'on');
      if (set.length === 0) return say('nothing to heal: no fault by hand is on', 'warn');
      act(`heal ${set.map(({ fault }) => fault).join(', ')}`, (able) =>
        Promise.all(set.map(({ fault }) => able.clearFault(fault))),
      );
    },
    force: (link, to) => {
      if (link === undefined) return;
      if (link.breaker === null) return say(`${link.id} has no breaker`, 'warn');
      act(`${link.id} ${to}`, (able) => able.force(link.id, to));
    },
    scaleLoad: (factor) => {
      const loads = view().loads.flatMap(({ load, perSecond }) => (perSecond === null ? [] : [{ load, perSecond }]));
      if (loads.length === 0) return say('no load with a rate is on', 'warn');
      const rates = loads.map(({ load, perSecond }) => ({ load, rate: scaled(perSecond, factor) }));
      act(rates.map(({ load, rate }) => `${load} ${rate}/s`).join(', '), (able) =>
        Promise.all(rates.map(({ load, rate }) => able.setRate(load, rate))),
      );
    },
  };
}

// --- internal ---

/** Whole, at least by one, and never nothing. */
function scaled(perSecond: number, factor: number): number {
  const rate = Math.round(perSecond * factor);
  return Math.max(1, rate === perSecond ? perSecond + Math.sign(factor - 1) : rate);
}
