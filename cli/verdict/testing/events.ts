// Events for synthetic histories: whatever a test does not care about is filled in.
import type { EventOf, RunEvent, Unstamped } from '../../../services/contract/events.ts';

export type Draft = Unstamped<RunEvent> & { readonly at: number };

/** Stamps what one source tells, in this order. */
export const from = (src: string, drafts: readonly Draft[]): RunEvent[] =>
  drafts.map((draft, index) => ({ v: 1, src, seq: index + 1, ...draft }));

type Partly<T extends RunEvent['type']> = Partial<Omit<EventOf<T>, 'type'>> & { readonly at: number };

export const aCall = (call: Partly<'call'>): Draft & { type: 'call' } => ({
  type: 'call',
  link: 'order->payment',
  operation: 'POST /charges',
  attempt: `a${call.at}`,
  generation: 0,
  state: 'closed',
  admitted: true,
  start: call.at - 2,
  end: call.at,
  outcome: 'success',
  ...call,
});

export const anArrival = (arrival: Partly<'arrival'>): Draft => ({
  type: 'arrival',
  link: 'order->payment',
  attempt: `a${arrival.at}`,
  generation: 0,
  operation: 'POST /charges',
  ...arrival,
});

export const aRequest = (request: Partial<Omit<EventOf<'request'>, 'type'>> & { readonly dueAt: number }): Draft => {
  const doneAt = request.doneAt ?? request.dueAt + 5;
  return {
    type: 'request',
    at: doneAt,
    load: 'checkout',
    index: 0,
    key: `k${request.dueAt}`,
    sentAt: request.dueAt,
    doneAt,
    status: 201,
    outcome: 'success',
    ...request,
  };
};

export const aStep = (
  step: Partial<Omit<EventOf<'step'>, 'type'>> & { readonly dueAt: number; readonly doneAt: number },
): Draft => ({
  type: 'step',
  at: step.doneAt,
  load: 'browsers',
  index: 0,
  journey: 'browse',
  step: 'look',
  sentAt: step.dueAt,
  status: 200,
  outcome: 'success',
  ...step,
});

/** Given no processor, where nothing else is said. */
export const aStall = (stall: Partly<'stall'>): Draft => ({ type: 'stall', ms: 100, cpuMs: 0, ...stall });

const moves = {
  open: { from: 'closed', to: 'open', cause: 'threshold', error: 'refused' },
  wait: { from: 'open', to: 'halfOpen', cause: 'wait-over' },
  reopen: { from: 'halfOpen', to: 'open', cause: 'probe-failed', error: 'refused' },
  close: { from: 'halfOpen', to: 'closed', cause: 'probe-succeeded' },
} as const;

export const aMove = (move: keyof typeof moves, rest: Partly<'breaker'>): Draft => ({
  type: 'breaker',
  link: 'order->payment',
  streak: 0,
  generation: 1,
  ...moves[move],
  ...rest,
});
