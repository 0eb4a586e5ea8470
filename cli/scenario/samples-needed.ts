// How many samples a threshold needs to be decided. Fewer are inconclusive:
//
//   share >= limit   needs n >= 1 / (1 - limit)   else one bad order more or less would decide
//   share <= limit   needs n >= 1 / limit         (a limit of exactly 0 % or 100 % speaks of every order: one suffices)
//   p(q)             needs n >= 2 / (1 - q)       else the percentile is about the maximum
import type { Aggregation, Threshold } from './threshold.ts';

export function samplesNeeded(threshold: Threshold): number {
  if (threshold.kind === 'duration') {
    return samplesForAggregation(threshold.aggregation);
  }
  const { op, limit } = threshold;
  const room = op === '>=' || op === '>' ? 1 - limit : limit;
  return room === 0 ? 1 : whole(1 / room);
}

export const samplesForAggregation = (aggregation: Aggregation): number =>
  aggregation.kind === 'p' ? whole(2 / (1 - aggregation.percent / 100)) : 1;

/** 1 - 0.99 is 0.010000000000000009: without the rounding 99 % would ask for 101 samples or for 99. */
const whole = (value: number): number => Math.ceil(Number(value.toFixed(6)));
