// What the expectations of a scenario are called where it says which of them decides its known verdict.
import { linkOf } from './fields.ts';
import { metricName, type Threshold, titleOf } from './threshold.ts';

export interface Named {
  readonly thresholds: readonly Threshold[];
  /** Whose breakers something is expected of. */
  readonly links: readonly string[];
  readonly hasRecovery: boolean;
}

/** Of a breaker: what a contract can say, and what every declared policy promises. */
const breakerKeys = [
  'path',
  'opensWithin',
  'callsWhileOpen',
  'staysOpenFor',
  'probes',
  'maxOpens',
  'staysClosed',
  'failFast',
  'failureThreshold',
  'rate',
  'openFor',
  'probe',
  'contract',
] as const;

export const expectationNames = ({ thresholds, links, hasRecovery }: Named): readonly string[] => [
  ...new Set(thresholds.map(({ metric }) => metricName(metric))),
  ...thresholds.map(titleOf),
  ...links.flatMap((link) => breakerKeys.map((key) => `${linkOf(link) ?? link}.${key}`)),
  ...(hasRecovery ? ['recovery'] : []),
  // What every breaker owes that the scenario does not mention.
  'contract',
  // What makes a run inconclusive whatever it promises.
  'dose',
  'load',
  'record',
];
