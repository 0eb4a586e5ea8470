// What only two places of a scenario together can get wrong.
import type { Journey } from '../journey.ts';
import { checkBreakers } from './breakers.ts';
import { checkFaults } from './faults.ts';
import type { Finding } from './finding.ts';
import { checkKnown } from './known.ts';
import { checkLinks } from './links.ts';
import { checkJourneys, checkLoads } from './loads.ts';
import { checkPhases } from './phases.ts';
import { checkRecovery } from './recovery.ts';
import { checkStopConditions } from './stop-conditions.ts';
import { checkThresholds } from './thresholds.ts';
import { viewOf } from './view.ts';

/** `otherJourneys`: those from files of their own; null: there, but not readable. */
export function check(raw: unknown, otherJourneys: Readonly<Record<string, Journey | null>> = {}): readonly Finding[] {
  const view = viewOf(raw, otherJourneys);
  return [
    ...checkPhases(view),
    ...checkFaults(view),
    ...checkLinks(view),
    ...checkJourneys(view),
    ...checkLoads(view),
    ...checkThresholds(view),
    ...checkStopConditions(view),
    ...checkBreakers(view),
    ...checkRecovery(view),
    ...checkKnown(view),
  ];
}
