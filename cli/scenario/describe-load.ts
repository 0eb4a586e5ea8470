// A load in words. The same words in plans, in `scenario show` and in reports.
import { formatDuration } from './duration.ts';
import { isOpen, type Load } from './load.ts';

export function describeLoad(load: Load): string {
  return isOpen(load)
    ? `${load.journey} ${rateOf(load)} ${load.arrivals}, at most ${load.maxInFlight} in flight`
    : `${load.journey} by ${load.vus} customers who wait for their answers${load.pauseMs > 0 ? ` and pause ${formatDuration(load.pauseMs)}` : ''}`;
}

const rateOf = (load: Extract<Load, { maxInFlight: unknown }>): string =>
  load.executor === 'constant-arrival-rate'
    ? `${load.perSecond}/s`
    : [
        `${load.startPerSecond}/s`,
        ...load.stages.map(({ perSecond, forMs }) => `to ${perSecond}/s in ${formatDuration(forMs)}`),
      ].join(', ');
