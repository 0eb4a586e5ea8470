// One link's history, prepared once for every property of the contract: the caller's own word in its own order, and what
// the callee saw of it.
import type { EventOf } from '../../../services/contract/events.ts';
import type { Policy } from '../../../services/contract/policy.ts';
import { inOrder } from '../../metrics/in-order.ts';
import type { RunRecord } from '../../metrics/record.ts';
import { clockUncertainty } from '../breaker-contract.ts';
import { stoodStill } from '../stalls.ts';

export type Move = EventOf<'breaker'>;
export type Call = EventOf<'call'>;
export type Arrival = EventOf<'arrival'>;

/** What one process of the caller told, in the order in which it happened there. */
export interface Life {
  readonly src: string;
  readonly events: readonly (Move | Call)[];
  readonly moves: readonly Move[];
  readonly calls: readonly Call[];
  /** ms that it stood still within a stretch. */
  readonly stoodStill: (from: number, to: number) => number;
  /** Half the worst round trip with which its clock was measured, ms. */
  readonly uncertaintyMs: number;
}

export interface LinkHistory {
  readonly link: string;
  /** In force during the run; `breaker` null: there is none. */
  readonly policy: Policy;
  readonly lives: readonly Life[];
  readonly arrivals: readonly Arrival[];
  /** `at` of the record's last event. */
  readonly endAt: number;
}

export function historyOf(record: RunRecord, link: string, policy: Policy): LinkHistory {
  const told = [...(record.calls.get(link) ?? []), ...(record.breakers.get(link) ?? [])];
  const lives = [...Map.groupBy(told, ({ src }) => src)].map(([src, own]): Life => {
    const events = inOrder(own);
    return {
      src,
      events,
      moves: events.filter((event) => event.type === 'breaker'),
      calls: events.filter((event) => event.type === 'call'),
      stoodStill: (from, to) => stoodStill(record, src, { from, to }),
      uncertaintyMs: clockUncertainty(record, src),
    };
  });
  return { link, policy, lives, arrivals: record.arrivals.get(link) ?? [], endAt: record.endAt };
}
