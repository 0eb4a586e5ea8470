// A scenario read leniently: whatever the schema could not refuse yet is there, whatever it refused is null, so that what
// only two places of the file together can get wrong is told in the same breath as all the other problems.
import { z } from 'zod';
import { faultSchema } from '../fault.ts';
import { duration, positiveDuration } from '../fields.ts';
import { builtInJourneys, type Journey, journeySchema } from '../journey.ts';
import { loadSchema } from '../load.ts';
import { breakerContractSchema, linkOverrideSchema, type Phase } from '../schema.ts';

const name = z.string().catch('');
const phase = z
  .looseObject({
    name,
    for: positiveDuration.nullable().catch(null),
    faults: z.array(faultSchema.nullable().catch(null)).catch([]),
  })
  .catch({ name: '', for: null, faults: [] });

const contract = z.union([breakerContractSchema, z.looseObject({}).transform(() => null)]).catch(null);

const viewSchema = z
  .object({
    warmup: duration.nullable().catch(null).default(3_000),
    fleet: z.object({ links: z.record(z.string(), linkOverrideSchema.catch({})).catch({}) }).catch({ links: {} }),
    journeys: z.record(z.string(), journeySchema.nullable().catch(null)).catch({}),
    load: z.record(z.string(), loadSchema.nullable().catch(null)).catch({}),
    phases: z.array(phase).catch([]),
    expect: z
      .object({
        thresholds: z.array(name).catch([]),
        breakers: z.record(z.string(), contract).catch({}),
        recovery: z.looseObject({}).optional().catch(undefined),
      })
      .catch({ thresholds: [], breakers: {} }),
    stopConditions: z.array(name).catch([]).default([]),
    known: z
      .object({ verdict: name, by: z.array(name).catch([]) })
      .optional()
      .catch(undefined),
  })
  .catch({
    warmup: null,
    fleet: { links: {} },
    journeys: {},
    load: {},
    phases: [],
    expect: { thresholds: [], breakers: {} },
    stopConditions: [],
    known: undefined,
  });

type Lenient = z.infer<typeof viewSchema>;

export interface View extends Omit<Lenient, 'journeys'> {
  /** All that a load may name; null: there, but not readable. */
  readonly journeys: Readonly<Record<string, Journey | null>>;
  /** null: a length is not readable, so nothing can be said about times. */
  readonly timed: { readonly warmupMs: number; readonly phases: readonly Phase[] } | null;
}

export function viewOf(raw: unknown, otherJourneys: Readonly<Record<string, Journey | null>>): View {
  const lenient = viewSchema.parse(raw);
  return {
    ...lenient,
    journeys: { ...builtInJourneys, ...otherJourneys, ...lenient.journeys },
    timed: timedOf(lenient),
  };
}

function timedOf({ warmup, phases }: Lenient): View['timed'] {
  if (warmup === null) return null;
  const whole = phases.flatMap(({ name: phaseName, for: forMs, faults }) =>
    forMs === null ? [] : [{ name: phaseName, forMs, faults: faults.filter((fault) => fault !== null) }],
  );
  return whole.length === phases.length ? { warmupMs: warmup, phases: whole } : null;
}
