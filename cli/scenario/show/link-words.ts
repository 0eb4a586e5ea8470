// The links that a scenario is about: their timeout and their breaker's rule, and what the two will do.
import type { BreakerPolicy } from '../../../services/contract/policy.ts';
import { type Link, links } from '../../../services/fleet.ts';
import { policiesOf } from '../policies.ts';
import type { Scenario } from '../schema.ts';
import { capitalised, counted, share, spoken } from './spoken.ts';

/** Those that it changes or expects something of, in the order of the fleet. */
export function linksUnderTest({ fleet, expect }: Scenario): readonly Link[] {
  const called = expect.thresholds.flatMap(({ metric }) => (metric.of === 'calls' ? [metric.link] : []));
  const meant: readonly string[] = [...Object.keys(fleet.links), ...Object.keys(expect.breakers), ...called];
  return links.filter(({ id }) => meant.includes(id));
}

/** Sentences. */
export function linkWords({ id, callee, policy: own }: Link, scenario: Scenario): readonly string[] {
  const { timeoutMs, breaker } = policiesOf(scenario)[id] ?? own;
  const usual = timeoutMs === own.timeoutMs ? '' : ` (the fleet's own timeout is ${spoken(own.timeoutMs)})`;
  const timeout = `A call is given up after ${spoken(timeoutMs)}${usual}.`;
  if (callee === 'db') return [timeout, 'It leads to the database, and such a link has no breaker.'];
  if (breaker === null)
    return [timeout, 'Its breaker is off: every call goes through, however many have failed before.'];
  return [timeout, `${capitalised(ruleWords(breaker))}.`];
}

/** `three failures in a row open it; then it refuses everything for 2 s; then one probe decides`. */
export function ruleWords(breaker: BreakerPolicy): string {
  const then = `then it refuses everything for ${spoken(breaker.openForMs)}; then one probe decides`;
  switch (breaker.rule) {
    case 'consecutive':
      return `${counted(breaker.failureThreshold, 'failure')} in a row ${breaker.failureThreshold === 1 ? 'opens' : 'open'} its breaker; ${then}`;
    case 'rate':
      return `a failure opens its breaker when at least ${counted(breaker.minimum, 'call')} ended in the last ${spoken(breaker.windowMs)} and at least ${share(breaker.percent / 100)} of them failed; ${then}`;
    default:
      return breaker satisfies never;
  }
}
