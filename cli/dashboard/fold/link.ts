// One link: its breaker's state and streak, its calls by the second, the last calls and transitions.
import type { BreakerState, EventOf } from '../../../services/contract/events.ts';
import type { Policy } from '../../../services/contract/policy.ts';
import type { Link } from '../../../services/fleet.ts';
import { causeText } from '../../report/parts.ts';
import { counts } from '../../verdict/counted-calls.ts';
import { type BreakerView, type CallView, callOutcomes, type LinkView, type TransitionView } from '../view.ts';
import { createLatest } from './latest.ts';
import { createSeconds, secondOf } from './seconds.ts';

export interface LinkFold {
  readonly setPolicy: (policy: Policy) => void;
  readonly onCall: (event: EventOf<'call'>) => void;
  readonly onBreaker: (event: EventOf<'breaker'>) => void;
  readonly onHand: (detail: string) => void;
  /** `whole`: the last second that is over; `shown`: the last that is listed. */
  readonly view: (whole: number, shown: number) => LinkView;
}

const keptSeconds = 120;
const keptCalls = 50;
const keptTransitions = 200;

export function createLink({ id, caller, callee, policy: declared }: Link): LinkFold {
  const seconds = createSeconds(callOutcomes, keptSeconds);
  const calls = createLatest<CallView>(keptCalls);
  const transitions = createLatest<TransitionView>(keptTransitions);
  let policy = declared;
  let state: BreakerState = 'closed';
  let since: number | null = null;
  let generation: number | null = null;
  let streak = 0;
  let opens = 0;
  let byHand: string | null = null;
  /** Nothing times such a state: it lasts until it is let go. */
  let isForced = false;

  function breakerView(whole: number): BreakerView | null {
    const { breaker } = policy;
    if (breaker === null) return null;
    const isWaiting = state === 'open' && since !== null && byHand === null && !isForced;
    return {
      state,
      since,
      cause: transitions.last()?.cause ?? null,
      streak,
      window: breaker.rule === 'rate' ? windowOf(whole, breaker.windowMs) : null,
      probesAt: isWaiting && since !== null ? since + breaker.openForMs : null,
      byHand,
      opens,
    };
  }

  /** Since the breaker last moved, by whole seconds: near enough to look at, and the verdict counts for itself. */
  function windowOf(whole: number, windowMs: number): { readonly calls: number; readonly failures: number } {
    const first = Math.max(whole - Math.ceil(windowMs / 1_000) + 1, secondOf(since ?? 0));
    const sums = seconds.list(first, whole).map(({ by }) => ({ good: by.success.n, bad: by.failure.n }));
    const failures = sums.reduce((sum, { bad }) => sum + bad, 0);
    return { calls: sums.reduce((sum, { good }) => sum + good, failures), failures };
  }

  /** A dashboard that came late has not seen how the breaker got where it is: its calls tell. */
  function adopt(call: EventOf<'call'>): void {
    if (generation !== null && call.generation <= generation) return;
    if (call.state !== state) {
      state = call.state;
      since = call.start;
      streak = 0;
    }
    if (generation !== null) generation = call.generation;
  }

  return {
    setPolicy: (inForce) => {
      policy = inForce;
    },
    onCall: (call) => {
      const { admitted, outcome, start, end } = call;
      seconds.add(end, outcome, admitted ? end - start : null);
      calls.push(callView(call));
      if (policy.breaker === null) return;
      adopt(call);
      if (state === 'closed' && counts(call, generation)) streak = outcome === 'failure' ? streak + 1 : 0;
    },
    onBreaker: (event) => {
      state = event.to;
      since = event.at;
      isForced = event.cause === 'manual';
      generation = event.generation;
      streak = event.to === 'closed' ? 0 : event.streak;
      if (event.to === 'open') opens += 1;
      transitions.push({ at: event.at, from: event.from, to: event.to, cause: causeText(event) });
    },
    onHand: (detail) => {
      byHand = /\bauto\b/.test(detail) ? null : detail;
    },
    view: (whole, shown) => ({
      id,
      caller,
      callee,
      policy,
      breaker: breakerView(whole),
      last: seconds.at(whole),
      seconds: seconds.list(shown - keptSeconds, shown),
      calls: calls.list(),
      transitions: transitions.list(),
    }),
  };
}

// --- internal ---

const callView = ({ end, start, operation, outcome, state, status, failure }: EventOf<'call'>): CallView => ({
  at: end,
  operation,
  ms: end - start,
  outcome,
  state,
  status: status ?? null,
  failure: failure ?? null,
});
