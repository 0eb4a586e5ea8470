// What of a finished run is compared, and what must be equal for that to make sense. It is all that a baseline file holds.
import { z } from 'zod';
import { isBroken } from '../report/parts.ts';
import { isEvidence } from '../verdict/judgement.ts';
import type { RunResult } from '../verdict/run-result.ts';
import { figuresOf, unitSchema } from './figures.ts';

const figureSchema = z.object({ title: z.string(), unit: unitSchema, value: z.number().nullable() }).readonly();

const runFactsSchema = z
  .object({
    run: z.string(),
    scenario: z.object({ name: z.string(), hash: z.string() }).readonly(),
    seed: z.int(),
    /** Driver, and SHA-256 of the policies in force. */
    fleet: z.object({ driver: z.string(), policies: z.string() }).readonly().nullable(),
    /** `outage/1: down on order->payment`. */
    doses: z.array(z.string()).readonly(),
    /** Why it cannot be compared at all; null: it can. */
    unfit: z.string().nullable(),
    verdict: z.string(),
    machine: z.string(),
    version: z.string(),
    figures: z.record(z.string(), figureSchema).readonly(),
  })
  .readonly();

export type RunFacts = z.infer<typeof runFactsSchema>;

export const baselineSchema = z.object({
  kind: z.literal('smartorders-baseline'),
  v: z.literal(1),
  runs: z.array(runFactsSchema).readonly(),
});

export function factsOf(result: RunResult): RunFacts {
  const { run, scenario, seed, fleet, faults, verdict, machine, versions } = result;
  return {
    run,
    scenario: { name: scenario.name, hash: scenario.hash },
    seed,
    fleet,
    doses: faults.map(({ fault, dose, target }) => `${fault}: ${dose} on ${target}`),
    unfit: unfitness(result),
    verdict,
    machine: machine === null ? 'unknown' : `${machine.platform}, ${machine.cpus} CPUs, ${machine.memoryMb} MB`,
    version: versions.smartorders ?? 'unknown',
    figures: figuresOf(result),
  };
}

export const renderBaseline = (runs: readonly RunFacts[]): string =>
  `${JSON.stringify({ kind: 'smartorders-baseline', v: 1, runs }, rounded, 2)}\n`;

// --- internal ---

const rounded = (_key: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toFixed(3)) : value;

/** Without its whole dose a run shows something else than the others. */
function unfitness({ scenario, verdict, reason, judgements }: RunResult): string | null {
  if (scenario.hash === '') return 'its scenario cannot be read';
  if (isBroken(verdict)) return `it was ${verdict}: ${reason}`;
  const doubt = judgements.find((judgement) => isEvidence(judgement) && judgement.standing !== 'passed');
  return doubt === undefined ? null : `${doubt.title}: ${doubt.reason ?? doubt.observed}`;
}
