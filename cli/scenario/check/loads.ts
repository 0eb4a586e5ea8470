// Loads name journeys and phases; journeys use only values that they have.
import { plannedIn } from '../arrivals.ts';
import { type Journey, type JourneyStep, placesOrders } from '../journey.ts';
import { isOpen } from '../load.ts';
import { unknownWord } from '../nearest.ts';
import { own } from '../own.ts';
import { namesIn } from '../placeholders.ts';
import type { Path } from '../positions.ts';
import { endOf } from '../timeline.ts';
import type { Finding } from './finding.ts';
import type { View } from './view.ts';

/** As many are kept in memory, due times and results. */
const mostArrivals = 5_000_000;

export function* checkLoads({ load, journeys, phases, timed }: View): Generator<Finding> {
  const known = phases.map(({ name }) => name);
  for (const [name, spec] of Object.entries(load)) {
    if (spec === null) continue;
    const path = ['load', name];
    if (!Object.hasOwn(journeys, spec.journey)) {
      yield { path: [...path, 'journey'], message: unknownWord('journey', spec.journey, Object.keys(journeys)) };
    }
    const planned = timed === null || !isOpen(spec) ? 0 : plannedIn(spec, { from: 0, to: endOf(timed) }, timed);
    if (planned > mostArrivals) {
      yield {
        path,
        message: `${planned} arrivals are more than a run can hold (${mostArrivals}); make the run shorter or the rate lower`,
      };
    }
    const { during = [] } = spec;
    for (const [index, phase] of during.entries()) {
      if (!known.includes(phase))
        yield { path: [...path, 'during', index], message: unknownWord('phase', phase, known) };
    }
    const places = [...new Set(during)].map((phase) => known.indexOf(phase)).sort((a, b) => a - b);
    const hasHole = places.some((place, index) => index > 0 && place !== (places[index - 1] ?? 0) + 1);
    if (hasHole && !places.includes(-1)) {
      yield {
        path: [...path, 'during'],
        message: 'these phases do not follow each other; make it one load for each stretch',
      };
    }
  }
}

export function* checkJourneys({ journeys }: View): Generator<Finding> {
  for (const [name, journey] of Object.entries(journeys)) {
    if (journey !== null) yield* checkJourney(journey, ['journeys', name]);
  }
}

/** `path`: where the journey is written. */
export function* checkJourney({ feeders, steps }: Journey, path: Path): Generator<Finding> {
  const known = new Set(Object.keys(feeders));
  const names = new Set<string>();
  let decider: string | undefined;
  for (const [index, step] of steps.entries()) {
    const at = [...path, 'steps', index];
    if (names.has(step.name))
      yield {
        path: [...at, 'name'],
        message: `a second step named "${step.name}"; thresholds could not tell them apart`,
      };
    names.add(step.name);
    for (const { key, value } of usedIn(step)) {
      if (!known.has(value)) yield { path: [...at, ...key], message: unknownValue(value, [...known]) };
    }
    for (const captured of Object.keys(step.capture)) known.add(captured);
    if (step.decides !== true) continue;
    if (decider !== undefined)
      yield { path: [...at, 'decides'], message: `"${decider}" decides already; one step of a journey does` };
    decider ??= step.name;
  }
}

/** Whether some load places orders, as far as can be seen. */
export const hasOrders = ({ load, journeys }: View): boolean =>
  Object.keys(load).length === 0 ||
  Object.values(load).some((spec) => {
    const journey = spec === null ? null : own(journeys, spec.journey);
    return journey === null || journey === undefined || placesOrders(journey);
  });

// --- internal ---

function usedIn({ path, body = {} }: JourneyStep): readonly { readonly key: Path; readonly value: string }[] {
  const inPath = namesIn(path).map((value) => ({ key: ['request'], value }));
  const inBody = Object.entries(body).flatMap(([name, text]) =>
    namesIn(String(text)).map((value) => ({ key: ['body', name], value })),
  );
  return [...inPath, ...inBody];
}

const unknownValue = (value: string, known: readonly string[]): string =>
  known.length === 0
    ? `nothing feeds or captures "${value}"; add it to feeders, such as { ${value}: { from: users } }`
    : unknownWord('value', value, known);
