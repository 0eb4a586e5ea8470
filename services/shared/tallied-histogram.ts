// A histogram whose values are counted elsewhere. prom-client's own can only be fed value by value, and would have to be
// loaded before the first of them.
import { Histogram, type MetricValueWithName } from 'prom-client';
import { durationBounds } from './tallies.ts';
import type { Series, Tally } from './tally.ts';

export interface HistogramOptions {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
  readonly tally: Tally;
}

export class TalliedHistogram extends Histogram<string> {
  readonly #options: HistogramOptions;

  constructor(options: HistogramOptions) {
    const { name, help, labelNames } = options;
    super({ name, help, labelNames, buckets: durationBounds, registers: [] });
    this.#options = options;
  }

  /** What a registry asks a histogram for. */
  async getForPromString() {
    const { name, help, tally } = this.#options;
    return { name, help, type: 'histogram', values: tally.series().flatMap((series) => this.#valuesOf(series)) };
  }

  #valuesOf({ labels: values, count, sum, atMost }: Series): MetricValueWithName<string>[] {
    const { name, labelNames } = this.#options;
    const labels = named(labelNames, values);
    const bucket = (le: string, value: number): MetricValueWithName<string> => ({
      metricName: `${name}_bucket`,
      labels: { ...labels, le },
      value,
    });
    return [
      ...atMost.map((value, index) => bucket(String(durationBounds[index]), value)),
      bucket('+Inf', count),
      { metricName: `${name}_sum`, labels, value: sum },
      { metricName: `${name}_count`, labels, value: count },
    ];
  }
}

export const named = (names: readonly string[], values: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
