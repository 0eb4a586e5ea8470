// What only two places of a scenario together can get wrong. It reads leniently whatever the schema could not refuse yet,
// so that these problems are told in the same breath as all the others.
import { z } from 'zod';
import { links } from '../../services/fleet.ts';
import { concerns } from './concerns.ts';
import { describeFault } from './describe-fault.ts';
import { formatDuration } from './duration.ts';
import { type Fault, faultSchema } from './fault.ts';
import { linkOf } from './fields.ts';
import { unknownWord } from './nearest.ts';
import { isDatabaseLink, overridden } from './policies.ts';
import type { Path } from './positions.ts';
import { linkOverrideSchema } from './schema.ts';
import { parseThreshold } from './threshold.ts';

export interface Finding {
  readonly path: Path;
  readonly message: string;
}

export function check(raw: unknown): readonly Finding[] {
  const view = viewSchema.parse(raw);
  return [
    ...checkPhases(view),
    ...checkLinks(view),
    ...checkThresholds(view),
    ...checkBreakers(view),
    ...checkRecovery(view),
  ];
}

// --- internal ---

const viewSchema = z
  .object({
    fleet: z.object({ links: z.record(z.string(), linkOverrideSchema.catch({})).catch({}) }).catch({ links: {} }),
    phases: z
      .array(
        z
          .object({ name: z.string().catch(''), faults: z.array(faultSchema.nullable().catch(null)).catch([]) })
          .catch({ name: '', faults: [] }),
      )
      .catch([]),
    expect: z
      .object({
        thresholds: z.array(z.string().catch('')).catch([]),
        breakers: z.record(z.string(), z.looseObject({}).catch({})).catch({}),
        recovery: z.looseObject({}).optional().catch(undefined),
      })
      .catch({ thresholds: [], breakers: {} }),
  })
  .catch({ fleet: { links: {} }, phases: [], expect: { thresholds: [], breakers: {} } });

type View = z.infer<typeof viewSchema>;

const faultsOf = ({ phases }: View): readonly Fault[] =>
  phases.flatMap(({ faults }) => faults.filter((fault) => fault !== null));

function* checkPhases({ phases }: View): Generator<Finding> {
  const seen = new Set<string>();
  for (const [index, { name }] of phases.entries()) {
    if (name !== '' && seen.has(name)) {
      yield {
        path: ['phases', index, 'name'],
        message: `a second phase named "${name}"; thresholds could not tell them apart`,
      };
    }
    seen.add(name);
  }
}

function* checkLinks({ fleet }: View): Generator<Finding> {
  yield* checkTwice(['fleet', 'links'], Object.keys(fleet.links));
  for (const [key, override] of Object.entries(fleet.links)) {
    const path = ['fleet', 'links', key];
    const link = links.find(({ id }) => id === linkOf(key));
    if (link === undefined) continue;
    if (link.callee === 'db') {
      if (override.breaker === undefined) continue;
      yield {
        path: [...path, 'breaker'],
        message: `${link.id} leads to a database; such links have a timeout and no breaker`,
      };
      continue;
    }
    const { timeoutMs, breaker } = overridden(link.policy, override);
    if (breaker === null || timeoutMs < breaker.openForMs) continue;
    const [timeout, openFor] = [formatDuration(timeoutMs), formatDuration(breaker.openForMs)];
    yield {
      path: override.timeoutMs === undefined ? [...path, 'breaker', 'openFor'] : [...path, 'timeout'],
      message: `the timeout (${timeout}) must be shorter than openFor (${openFor}); else a call from before the opening would decide the half-open state`,
    };
  }
}

function* checkThresholds({ phases, expect }: View): Generator<Finding> {
  const names = phases.map(({ name }) => name).filter((name) => name !== '');
  for (const [index, text] of expect.thresholds.entries()) {
    const parsed = parseThreshold(text);
    if (!parsed.ok) continue;
    for (const name of parsed.threshold.during) {
      if (names.includes(name)) continue;
      const message = name === 'warmup' ? 'the warm-up is not judged; name a phase' : unknownWord('phase', name, names);
      yield { path: ['expect', 'thresholds', index], message };
    }
  }
}

function* checkBreakers(view: View): Generator<Finding> {
  const { fleet, expect } = view;
  yield* checkTwice(['expect', 'breakers'], Object.keys(expect.breakers));
  const off = Object.entries(fleet.links).flatMap(([key, { breaker }]) => (breaker === 'off' ? [linkOf(key)] : []));
  for (const [key, contract] of Object.entries(expect.breakers)) {
    const path = ['expect', 'breakers', key];
    const link = linkOf(key);
    if (link === undefined) continue;
    if (isDatabaseLink(link))
      yield { path, message: `${link} leads to a database; such links have no breaker to expect anything of` };
    else if (off.includes(link))
      yield { path, message: `the breaker of ${link} is off in this scenario; nothing can be expected of it` };
    if (
      contract.opensWithin !== undefined &&
      !faultsOf(view).some((fault) => concerns(describeFault(fault).target, link))
    ) {
      yield {
        path: [...path, 'opensWithin'],
        message: `no fault concerns ${link}; opensWithin is measured from the start of one`,
      };
    }
  }
}

function* checkRecovery(view: View): Generator<Finding> {
  if (view.expect.recovery === undefined) return;
  const path = ['expect', 'recovery'];
  if (faultsOf(view).length === 0)
    yield { path, message: 'there is no fault to recover from; recovery is measured from the end of the last one' };
  const first = view.phases[0]?.name ?? '';
  if (first !== '' && !view.expect.thresholds.some((text) => mayCover(text, first, view))) {
    yield {
      path,
      message: `nothing to hold: no threshold covers ${first}; add one, such as orders.success >= 99% during ${first}`,
    };
  }
}

/** What is itself wrong may have been meant to. */
function mayCover(text: string, phase: string, { phases }: View): boolean {
  const parsed = parseThreshold(text);
  if (!parsed.ok) return true;
  const { during } = parsed.threshold;
  return (
    during.length === 0 || during.includes(phase) || during.some((name) => !phases.some((known) => known.name === name))
  );
}

function* checkTwice(path: Path, keys: readonly string[]): Generator<Finding> {
  for (const [index, key] of keys.entries()) {
    const same = keys
      .slice(0, index)
      .find((earlier) => linkOf(earlier) !== undefined && linkOf(earlier) === linkOf(key));
    if (same !== undefined)
      yield { path: [...path, key], message: `"${key}" and "${same}" are the same link; keep one` };
  }
}
