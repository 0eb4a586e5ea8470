// To which moment of a run something belongs that took time: an order, a step, a call.
import type { FaultSpan } from './record.ts';

/**
 * To when it began, or to when the latest fault was set while it was under way: what a fault hit on its way tells of the
 * fault, and must not be held against the calm before it. All times in ms since the run's start.
 */
export const belongsAt = (from: number, to: number, faults: readonly Pick<FaultSpan, 'from'>[]): number =>
  faults.reduce((latest, fault) => (fault.from > latest && fault.from < to ? fault.from : latest), from);
