// What a soak keeps of a run, and what many runs say together. Pure.
import { z } from 'zod';
import { type Spread, spreadOf } from '../../bench/statistics.ts';

const ms = z.number().nullable();

const soakRunSchema = z.object({
  run: z.string(),
  commit: z.string().nullable(),
  startedAt: z.string(),
  verdict: z.string(),
  reason: z.string(),
  exitCode: z.int(),
  /** Per link, `closed > open > halfOpen > closed`. */
  paths: z.record(z.string(), z.string()),
  /** Per link, ms. */
  faultToOpenMs: z.record(z.string(), ms),
  faultEndToClosedMs: z.record(z.string(), ms),
  /** p99 of the orders that were due while a breaker of the order service was open; null: none was. */
  openP99Ms: ms,
  fleetReadySeconds: z.number().nullable(),
});
export type SoakRun = Readonly<z.infer<typeof soakRunSchema>>;

export const soakSchema = z.object({ scenario: z.string(), runs: z.array(soakRunSchema) });
export type Soak = Readonly<z.infer<typeof soakSchema>>;

const reportSchema = z.object({
  run: z.string(),
  startedAt: z.string(),
  verdict: z.string(),
  reason: z.string(),
  transitions: z.array(z.object({ link: z.string(), from: z.string(), to: z.string() })),
  times: z.record(z.string(), z.object({ faultToOpenMs: ms, faultEndToClosedMs: ms })),
  openLatency: z.object({ p99Ms: z.number() }).nullable(),
});

export interface Finished {
  /** What `scenario run --json` printed, parsed. */
  readonly report: unknown;
  /** Its lines for people. */
  readonly stderr: string;
  readonly exitCode: number;
  readonly commit: string | null;
}

export function soakRunOf({ report, stderr, exitCode, commit }: Finished): SoakRun {
  const { run, startedAt, verdict, reason, transitions, times, openLatency } = reportSchema.parse(report);
  const [, seconds] = /fleet ready after (\d+(?:\.\d+)?) s/.exec(stderr) ?? [];
  return {
    ...{ run, commit, startedAt, verdict, reason, exitCode },
    paths: pathsOf(transitions),
    faultToOpenMs: Object.fromEntries(Object.entries(times).map(([link, of]) => [link, of.faultToOpenMs])),
    faultEndToClosedMs: Object.fromEntries(Object.entries(times).map(([link, of]) => [link, of.faultEndToClosedMs])),
    openP99Ms: openLatency?.p99Ms ?? null,
    fleetReadySeconds: seconds === undefined ? null : Number(seconds),
  };
}

export interface SoakSummary {
  readonly runs: number;
  /** How often each occurred. */
  readonly verdicts: ReadonlyMap<string, number>;
  readonly paths: ReadonlyMap<string, number>;
  readonly commits: ReadonlyMap<string, number>;
  /** By name with unit. */
  readonly figures: Readonly<Record<string, Spread | null>>;
}

export function summaryOf({ runs }: Pick<Soak, 'runs'>): SoakSummary {
  const spread = (values: readonly (number | null)[]) => spreadOf(values.filter((value) => value !== null));
  const perLink = (name: string, of: (run: SoakRun) => Readonly<Record<string, number | null>>) =>
    [...new Set(runs.flatMap((run) => Object.keys(of(run))))].map((link) => [
      `${name} ${link}, ms`,
      spread(runs.map((run) => of(run)[link] ?? null)),
    ]);
  return {
    runs: runs.length,
    verdicts: countOf(runs.map(({ verdict, exitCode }) => `${verdict} (exit code ${exitCode})`)),
    paths: countOf(runs.map(({ paths }) => pathText(paths))),
    commits: countOf(runs.map(({ commit }) => commit ?? 'unknown')),
    figures: Object.fromEntries([
      ...perLink('fault to open', (run) => run.faultToOpenMs),
      ...perLink('fault end to closed', (run) => run.faultEndToClosedMs),
      ['p99 of orders while open, ms', spread(runs.map(({ openP99Ms }) => openP99Ms))],
      ['fleet ready, s', spread(runs.map(({ fleetReadySeconds }) => fleetReadySeconds))],
    ]),
  };
}

// --- internal ---

type Transition = z.infer<typeof reportSchema>['transitions'][number];

function pathsOf(transitions: readonly Transition[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...Map.groupBy(transitions, ({ link }) => link)]
      .map(([link, moves]) => [link, [moves[0]?.from, ...moves.map(({ to }) => to)].join(' > ')] as const)
      .sort(([a], [b]) => a.localeCompare(b)),
  );
}

const pathText = (paths: SoakRun['paths']): string =>
  Object.entries(paths)
    .map(([link, path]) => `${link}: ${path}`)
    .join('; ') || 'no transition';

const countOf = (words: readonly string[]): ReadonlyMap<string, number> =>
  new Map([...Map.groupBy(words, (word) => word)].map(([word, all]) => [word, all.length]));
