// The same scenario on both drivers: what is kept of a run, whether two of them are alike, and what containers cost. Pure.
import { z } from 'zod';
import { type Spread, spreadOf } from '../../bench/statistics.ts';

export const drivers = ['process', 'docker'] as const;

const runSchema = z.object({
  scenario: z.string(),
  driver: z.enum(drivers),
  run: z.string(),
  verdict: z.string(),
  reason: z.string(),
  /** Of every link: `order->payment: closed > open > …`. */
  path: z.string(),
  /** Of the orders of the first judged phase, before anything is broken, ms. */
  calm: z.object({ n: z.int(), p50: z.number(), p99: z.number() }).nullable(),
});
export type DriverRun = Readonly<z.infer<typeof runSchema>>;

export const pairsSchema = z.object({
  upMs: z.object({ process: z.array(z.number()), docker: z.array(z.number()) }),
  runs: z.array(runSchema),
});
export type PairOutcome = Readonly<z.infer<typeof pairsSchema>>;

const reportSchema = z.object({
  run: z.string(),
  scenario: z.object({ name: z.string() }),
  verdict: z.string(),
  reason: z.string(),
  transitions: z.array(z.object({ link: z.string(), from: z.string(), to: z.string() })),
  phases: z.array(
    z.object({ judged: z.boolean(), duration: z.object({ n: z.int(), p50: z.number(), p99: z.number() }) }),
  ),
});

/** `report`: what `scenario run --json` printed, parsed. */
export function driverRunOf(report: unknown, driver: DriverRun['driver']): DriverRun {
  const { run, scenario, verdict, reason, transitions, phases } = reportSchema.parse(report);
  const path = [...Map.groupBy(transitions, ({ link }) => link)]
    .map(([link, moves]) => `${link}: ${[moves[0]?.from, ...moves.map(({ to }) => to)].join(' > ')}`)
    .sort()
    .join('; ');
  const calm = phases.find(({ judged }) => judged)?.duration ?? null;
  return { scenario: scenario.name, driver, run, verdict, reason, path, calm };
}

export interface Pair {
  readonly scenario: string;
  readonly same: boolean;
  /** In words; empty where they are alike. */
  readonly differs: string;
}

export interface Pairs {
  readonly pairs: readonly Pair[];
  /** By name. */
  readonly overhead: Readonly<Record<string, Spread | null>>;
}

export function pairsOf({ upMs, runs }: PairOutcome): Pairs {
  const both = [...Map.groupBy(runs, ({ scenario }) => scenario)].flatMap(([scenario, own]) => {
    const [onProcesses, onContainers] = drivers.map((driver) => own.find((run) => run.driver === driver));
    return onProcesses === undefined || onContainers === undefined ? [] : [{ scenario, onProcesses, onContainers }];
  });
  const calm = (driver: 'onProcesses' | 'onContainers', figure: 'p50' | 'p99'): Spread | null =>
    spreadOf(both.flatMap((pair) => pair[driver].calm?.[figure] ?? []));
  return {
    pairs: both.map(({ scenario, onProcesses, onContainers }) => {
      const differs = (['verdict', 'path'] as const)
        .filter((what) => onProcesses[what] !== onContainers[what])
        .map(
          (what) =>
            `${what} ${onProcesses[what] || 'none'} on processes, ${onContainers[what] || 'none'} on containers`,
        );
      return { scenario, same: differs.length === 0, differs: differs.join('; ') };
    }),
    overhead: {
      'up, processes': spreadOf(upMs.process),
      'up, containers': spreadOf(upMs.docker),
      'p50 of orders in the calm, processes': calm('onProcesses', 'p50'),
      'p50 of orders in the calm, containers': calm('onContainers', 'p50'),
      'p99 of orders in the calm, processes': calm('onProcesses', 'p99'),
      'p99 of orders in the calm, containers': calm('onContainers', 'p99'),
    },
  };
}
