// Runs for tests of comparisons, with figures drawn as runs of one program draw them: right-skewed latencies with a slow
// outlier now and then, and small whole numbers of lost orders.
import { random } from '../../scenario/random.ts';
import type { Figure } from '../figures.ts';
import type { RunFacts } from '../run-facts.ts';

export interface SomeRuns {
  readonly count: number;
  readonly seed: number;
  /** Of every latency. Default 1. */
  readonly slower?: number;
  /** Orders lost more in each run. Default 0. */
  readonly moreLost?: number;
}

export function someRuns({ count, seed, slower = 1, moreLost = 0 }: SomeRuns): readonly RunFacts[] {
  const next = random(seed);
  return Array.from({ length: count }, (_, index) => {
    const outlier = next() < 0.05 ? 1.6 : 1;
    const latency = 48 * Math.exp(0.06 * normal(next)) * outlier * slower;
    const lost = 4 + (next() < 0.15 ? 1 : 0) + moreLost;
    return aRun({ run: `run-${seed}-${index}`, figures: { latency: ofMs(latency), lost: ofOrders(lost) } });
  });
}

export const ofMs = (value: number | null): Figure => ({ title: 'latency', unit: 'ms', value });
export const ofOrders = (value: number | null): Figure => ({ title: 'orders lost', unit: 'orders', value });

export const aRun = (part: Partial<RunFacts> = {}): RunFacts => ({
  run: 'r1',
  scenario: { name: 'payment-outage', hash: 'ab'.repeat(32) },
  seed: 42,
  fleet: { driver: 'process', policies: 'cd'.repeat(32) },
  doses: ['outage/1: down on order->payment'],
  unfit: null,
  verdict: 'passed',
  machine: 'linux-x64, 2 CPUs, 4096 MB',
  version: '0.1.0',
  figures: { latency: ofMs(50), lost: ofOrders(4) },
  ...part,
});

/** Box and Muller. */
const normal = (next: () => number): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
