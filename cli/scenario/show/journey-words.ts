// A journey step by step: what one simulated customer does.
import { decidingStep, type Feeder, type Journey, type JourneyStep } from '../journey.ts';
import { listed, spoken } from './spoken.ts';

/** One entry a line; those of the steps are numbered. */
export function journeyWords(journey: Journey): readonly string[] {
  const fed = Object.entries(journey.feeders).map(([name, feeder]) => `{${name}} is ${source(feeder)}.`);
  const decider = decidingStep(journey);
  const steps = journey.steps.map(
    (step, index) => `${index + 1}. ${stepWords(step)}${index === decider ? ' Its answer decides.' : ''}`,
  );
  return [...(fed.length === 0 ? [] : [fed.join(' ')]), ...steps];
}

// --- internal ---

function source({ from, order }: Feeder): string {
  const what = Array.isArray(from) ? `of ${listed(from.map(String))}` : `of the run's ${from}`;
  return order === 'random' ? `one ${what} at random` : `each ${what} in turn`;
}

function stepWords({ name, method, path, body, expect, capture, pauseMs }: JourneyStep): string {
  const kept = Object.entries(capture).map(([value, key]) => `${key} as {${value}}`);
  const parts = [
    `${name}: ${pauseMs > 0 ? `after ${spoken(pauseMs)}, ` : ''}${method} ${path}`,
    ...(body === undefined ? [] : [`with ${listed(Object.entries(body).map(([key, value]) => `${key} ${value}`))}`]),
    ...(expect === undefined ? [] : [`where ${listed(expect.map(String))} is a success`]),
    ...(kept.length === 0 ? [] : [`keeping ${listed(kept)}`]),
  ];
  return `${parts.join(', ')}.`;
}
