// The figures of a run that two groups of runs are compared by. Of all of them less is better.
import { z } from 'zod';
import type { PhaseResult, RunResult } from '../verdict/run-result.ts';

export const unitSchema = z.enum(['ms', 'orders', 'calls']);
export type Unit = z.infer<typeof unitSchema>;

export interface Figure {
  readonly title: string;
  readonly unit: Unit;
  /** null: there was nothing to measure. */
  readonly value: number | null;
}

/**
 * Two, and no more: with each further one that decides, a false alarm becomes more likely. Of latencies the median: in recorded runs
 * it scattered by a quarter of what the p95 did, and so tells of a change that the p95 hides.
 */
export const mostGates = 2;
export const standardGates: readonly string[] = ['latency', 'lost'];

export function figuresOf(result: RunResult): Readonly<Record<string, Figure>> {
  const { phases, times, runTimes, openLatency } = result;
  const judged = phases.filter((phase) => phase.judged);
  return {
    latency: {
      title: 'median of orders, geometric mean over the judged phases',
      unit: 'ms',
      value: geometricMean(judged, 'p50'),
    },
    lost: {
      title: 'orders lost: failed, unknown or dropped',
      unit: 'orders',
      value: judged.reduce((sum, { lost }) => sum + lost, 0),
    },
    tail: {
      title: 'p95 of orders, geometric mean over the judged phases',
      unit: 'ms',
      value: geometricMean(judged, 'p95'),
    },
    degraded: { title: 'degraded', unit: 'ms', value: runTimes.degradedMs },
    drain: { title: 'backlog drain', unit: 'ms', value: runTimes.drainMs },
    'open-p99': { title: 'p99 of orders while a breaker was open', unit: 'ms', value: openLatency?.p99Ms ?? null },
    ...Object.assign({}, ...judged.map(phaseFigures)),
    ...Object.assign({}, ...Object.entries(times).map(([link, of]) => linkFigures(link, of))),
  };
}

// --- internal ---

/** Each phase counts the same, whether its orders take 5 ms or a second. */
function geometricMean(phases: readonly PhaseResult[], key: 'p50' | 'p95'): number | null {
  const values = phases.filter(({ duration }) => duration[key] > 0).map(({ duration }) => Math.log(duration[key]));
  return values.length === 0 ? null : Math.exp(values.reduce((sum, value) => sum + value, 0) / values.length);
}

function phaseFigures({ name, duration, lost, shortCircuited }: PhaseResult): Readonly<Record<string, Figure>> {
  const of = (key: 'p50' | 'p95' | 'p99'): Figure => ({
    title: `${key} of orders in ${name}`,
    unit: 'ms',
    value: duration.n === 0 ? null : duration[key],
  });
  return {
    [`${name}.p50`]: of('p50'),
    [`${name}.p95`]: of('p95'),
    [`${name}.p99`]: of('p99'),
    [`${name}.lost`]: { title: `orders lost in ${name}`, unit: 'orders', value: lost },
    [`${name}.rejected`]: { title: `orders rejected in ${name}`, unit: 'orders', value: shortCircuited },
  };
}

function linkFigures(link: string, times: RunResult['times'][string]): Readonly<Record<string, Figure>> {
  const { detectMs, faultToOpenMs, overshoot, notClosedMs, faultEndToClosedMs } = times;
  const name = link.replace('->', ':');
  return {
    [`${name}.detect`]: { title: `${link}: time to detect`, unit: 'ms', value: detectMs },
    [`${name}.open`]: { title: `${link}: time to open`, unit: 'ms', value: faultToOpenMs },
    [`${name}.overshoot`]: { title: `${link}: overshoot`, unit: 'calls', value: overshoot },
    [`${name}.not-closed`]: { title: `${link}: time not closed`, unit: 'ms', value: notClosedMs },
    [`${name}.recover`]: { title: `${link}: time to recover`, unit: 'ms', value: faultEndToClosedMs },
  };
}
