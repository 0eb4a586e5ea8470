// The scenario of a playground: one load, nothing planned, and no end that anybody waits for.
import { parseScenario } from '../scenario/parse.ts';
import type { Selected } from './select-scenarios.ts';

/** The load's name, for `load set`. */
export const playgroundLoad = 'customers';

const textOf = (perSecond: number): string => `version: 1
name: playground
title: A fleet to meddle with, and customers who come meanwhile
warmup: 0s
load:
  ${playgroundLoad}: { executor: constant-arrival-rate, rate: ${perSecond}/s, journey: place-order, maxInFlight: 400 }
phases:
  - { name: play, for: 1440m }
`;

export function playgroundScenario(perSecond: number): Selected {
  const text = textOf(perSecond);
  const parsed = parseScenario(text, 'playground');
  if (!parsed.ok) throw new RangeError(parsed.problems.map(({ message }) => message).join('; '));
  return {
    scenario: parsed.scenario,
    file: { name: 'playground', path: 'playground', text, journeyFiles: {}, parsed },
  };
}
