// What people did to the system during a run: whatever came of it, it did not come of the scenario alone.
import type { EventOf } from '../../services/contract/events.ts';
import type { FaultSpan, RunRecord } from '../metrics/record.ts';

export interface Deed {
  /** In a table's cell: `forced open on order->payment`. */
  readonly short: string;
  /** In the reason and in the notes. */
  readonly sentence: string;
}

export const deedsOf = ({ header, faults, hands }: RunRecord): readonly Deed[] => [
  ...(header?.manual === true ? [playground] : []),
  ...faults.filter(({ by }) => by === 'hand').map(faultDeed),
  ...hands.map(handDeed),
];

/** Somebody meddled, or the run was made for meddling. */
export const isManual = (record: RunRecord): boolean => deedsOf(record).length > 0;

// --- internal ---

const playground: Deed = { short: 'a playground', sentence: 'the run is a playground, not a scenario' };

const faultDeed = ({ fault, dose, target }: FaultSpan): Deed => ({
  short: `${dose} on ${target}`,
  sentence: `the fault ${fault} on ${target} was set by hand`,
});

const handDeed = ({ action, target, detail }: EventOf<'hand'>): Deed => ({
  short: `${detail} on ${target}`,
  sentence:
    action === 'breaker'
      ? `the breaker of ${target} was ${detail === 'auto' ? 'let go' : detail} by hand`
      : `the rate of ${target} was set by hand (${detail})`,
});
