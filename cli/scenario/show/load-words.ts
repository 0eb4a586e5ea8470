// A load in words: how often somebody comes, what they do, and since when.
import { isOpen, type Load, type OpenLoad } from '../load.ts';
import type { Scenario } from '../schema.ts';
import { loadStretch } from '../timeline.ts';
import { counted, moment, spoken } from './spoken.ts';

export function loadWords(name: string, load: Load, scenario: Scenario): string {
  return `Load ${name}, ${when(load, scenario)}: ${isOpen(load) ? ofOpen(load) : ofClosed(load)}`;
}

export const perSecond = (rate: number): string =>
  rate === 1 ? 'one customer a second' : `${Number(rate.toFixed(3))} customers a second`;

// --- internal ---

function when({ during, ...load }: Load, scenario: Scenario): string {
  if (during === undefined) return 'all the time';
  const stretch = loadStretch({ ...load, during }, scenario);
  return stretch === null ? 'never' : `from ${moment(stretch.from)} to ${moment(stretch.to)}`;
}

function ofOpen(load: OpenLoad): string {
  const does = `${rates(load)}, each of whom does ${load.journey}`;
  const how = load.arrivals === 'uniform' ? 'at even intervals' : 'at random intervals';
  return `${does}. They come ${how}, whatever became of those before them; one who finds ${counted(load.maxInFlight, 'request')} under way is dropped.`;
}

const rates = (load: OpenLoad): string =>
  load.executor === 'constant-arrival-rate'
    ? perSecond(load.perSecond)
    : [
        perSecond(load.startPerSecond),
        ...load.stages.map((stage) => `within ${spoken(stage.forMs)} to ${Number(stage.perSecond.toFixed(3))}`),
      ].join(', then ');

function ofClosed({ vus, journey, pauseMs }: Exclude<Load, OpenLoad>): string {
  const pause = pauseMs > 0 ? ` and ${spoken(pauseMs)} of thinking` : '';
  return `${counted(vus, 'customer')}, each of whom does ${journey} over and over, the next after the answer to the last${pause}: a slow answer slows the load down.`;
}
