// Another rate for a load while the run is on: what somebody asks for through the keeper, recorded when it is done.
import { isOpen } from '../scenario/load.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { RateChange, Watch } from './ports.ts';
import type { Recorder } from './recorder.ts';

/** Answers with the rate before, arrivals per second. */
export type SetRate = (perSecond: number) => number;

export interface ChangeRatesOptions {
  readonly watch: Pick<Watch, 'onRate'>;
  readonly recorder: Pick<Recorder, 'emit'>;
  readonly scenario: Pick<Scenario, 'load'>;
  /** Of the open loads that are on. */
  readonly rates: ReadonlyMap<string, SetRate>;
}

/** Whoever asks for what cannot be is told why. */
export function changeRates({ watch, recorder, scenario, rates }: ChangeRatesOptions): void {
  watch.onRate(({ load, perSecond }) => {
    const set = rates.get(load);
    if (set === undefined) throw new Error(whyNot(load, scenario));
    const detail = `${shown(set(perSecond))} -> ${shown(perSecond)}`;
    recorder.emit({ type: 'hand', action: 'load', target: load, detail });
  });
}

// --- internal ---

const shown = (perSecond: number): string => `${Number(perSecond.toFixed(3))}/s`;

function whyNot(name: RateChange['load'], { load: loads }: Pick<Scenario, 'load'>): string {
  const load = Object.hasOwn(loads, name) ? loads[name] : undefined;
  if (load === undefined) return `the run has no load ${name}; it has ${Object.keys(loads).join(', ')}`;
  return isOpen(load)
    ? `the load ${name} is not on now`
    : `the rate of ${name} cannot be set: its customers wait for answers (${load.executor}), so it is an outcome`;
}
