// Which state of a breaker can follow which.
import type { BreakerState } from '../../services/contract/events.ts';

export const legalMoves: Readonly<Record<BreakerState, readonly BreakerState[]>> = {
  closed: ['open'],
  open: ['halfOpen'],
  halfOpen: ['open', 'closed'],
};
