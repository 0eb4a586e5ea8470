// The circuit breaker of one link: opossum as the state machine, opened by a rule of our own (breaker-rule.ts).
// The only file that knows opossum. It knows nothing of HTTP: a call is asked for and later settled.
//
//   closed ──threshold──▶ open ──wait-over──▶ halfOpen ──probe-succeeded──▶ closed
//                          ▲                     │
//                          └────probe-failed─────┘        any ──manual──▶ closed, open
import CircuitBreaker from 'opossum';
import type { ForcedState } from '../contract/admin.ts';
import type { BreakerState, EventOf, Unstamped, Window } from '../contract/events.ts';
import type { BreakerPolicy, Policy } from '../contract/policy.ts';
import { type BreakerRule, ruleOf } from './breaker-rule.ts';
import { type ForcedBreaker, forcedBreaker, type Held } from './forced.ts';

/** `cancelled`: the caller gave up, which says nothing about the callee. */
export type Verdict = 'success' | 'failure' | 'cancelled';
export type Transition = Omit<Unstamped<EventOf<'breaker'>>, 'type' | 'link'>;

export interface Admission {
  readonly admitted: boolean;
  /** As they were when the breaker was asked. */
  readonly state: BreakerState;
  readonly generation: number;
  /** Tells how the call ended; resolves when the breaker has drawn its conclusion. Only for admitted calls. */
  readonly settle: (verdict: Verdict, ending?: Ending) => Promise<void>;
}

export interface Ending {
  /** What a failure was, for the transition it may cause. */
  readonly error?: string;
  /** When the call ended, by the breaker's clock. Default now. */
  readonly at?: number;
}

export interface Breaker {
  readonly ask: () => Admission;
  readonly state: () => BreakerState;
  /** Failures in a row. */
  readonly streak: () => number;
  /** What the rate rule has in view now; null under another rule. */
  readonly window: () => Window | null;
  /** Transitions so far. */
  readonly generation: () => number;
  /** In this state since, ms. */
  readonly ageMs: () => number;
  /** Until the next probe may go, ms; 0 where none has to wait. Forced open nobody knows: its policy's whole wait. */
  readonly waitMs: () => number;
  /** Takes another policy and starts closed, also where it was forced; calls in flight no longer count. */
  readonly adopt: (policy: Policy) => void;
  /** Holds it in a state until `auto`, which starts it closed. Calls in flight no longer count. Needs a policy with a breaker. */
  readonly force: (to: ForcedState) => void;
  /** null: it does as its policy says. */
  readonly forced: () => Held | null;
  readonly stop: () => void;
}

export interface BreakerOptions {
  readonly policy: Policy;
  readonly now: () => number;
  readonly onTransition: (transition: Transition) => void;
}

interface Settled {
  readonly verdict: Exclude<Verdict, 'failure'>;
  readonly at: number;
  readonly isProbe: boolean;
}
interface Call {
  readonly begin: () => void;
  readonly outcome: Promise<Settled>;
  /** Now, as long as it has not ended: opossum's own timeout ends it. */
  readonly endedAt: () => number;
}
interface Circuit {
  readonly opossum: CircuitBreaker<[Call], Settled>;
  readonly rule: BreakerRule;
}

export function createBreaker({ policy: firstPolicy, now, onTransition }: BreakerOptions): Breaker {
  let policy = firstPolicy;
  let state: BreakerState = 'closed';
  let streak = 0;
  let generation = 0;
  let since = now();

  const moveTo = (
    to: BreakerState,
    cause: Transition['cause'],
    why: Pick<Transition, 'window' | 'error'> = {},
  ): void => {
    const from = state;
    state = to;
    since = now();
    generation += 1;
    onTransition({ from, to, cause, streak, generation, ...why });
    if (to === 'closed') streak = 0;
  };

  const build = (): Circuit | null => {
    if (policy.breaker === null) return null;
    const rule = ruleOf(policy.breaker);
    const opossum: Circuit['opossum'] = new CircuitBreaker(run, opossumOptions(policy.timeoutMs, policy.breaker));
    let why: Pick<Transition, 'window' | 'error'> = {};
    opossum.on('success', ({ verdict, at, isProbe }) => {
      // opossum has closed by the time it tells of a probe's success, which is not to count as the first in the window.
      if (!opossum.closed || isProbe || verdict === 'cancelled') return;
      streak = 0;
      rule.count({ outcome: 'success', at, streak });
    });
    opossum.on('failure', ({ message: error }, _latencyMs, [{ endedAt }]) => {
      if (opossum.opened) return;
      streak += 1;
      why = { error };
      if (!opossum.closed) return;
      const at = endedAt();
      if (!rule.count({ outcome: 'failure', at, streak })) return;
      const window = rule.window(at);
      why = { ...(window === null ? {} : { window }), error };
      opossum.open();
    });
    // Before opossum's own listener, which starts the wait: what came between the two would be missing from it in the record.
    opossum.prependListener('open', () => moveTo('open', state === 'halfOpen' ? 'probe-failed' : 'threshold', why));
    opossum.on('halfOpen', () => moveTo('halfOpen', 'wait-over'));
    opossum.on('close', () => {
      streak = 0;
      rule.reset();
      moveTo('closed', 'probe-succeeded');
    });
    return { opossum, rule };
  };
  let circuit = build();
  let forced: ForcedBreaker | null = null;

  const askForced = (by: ForcedBreaker): Admission => ({
    state,
    generation,
    admitted: by.admits,
    settle: async (verdict, { at = now() } = {}) => {
      if (by === forced && verdict !== 'cancelled') by.count(verdict, at);
    },
  });

  const restart = (to: BreakerState): void => {
    // shutdown() removes opossum's listeners, so what is still in flight settles into the void.
    circuit?.opossum.shutdown();
    circuit = null;
    streak = forced?.streak() ?? streak;
    forced = null;
    if (state !== to) moveTo(to, 'manual');
    streak = 0;
  };

  const ask = (): Admission => {
    if (forced !== null) return askForced(forced);
    const asked = { state, generation };
    if (circuit === null) return { ...asked, admitted: true, settle: async () => {} };
    const { promise, resolve, reject } = Promise.withResolvers<Settled>();
    // opossum decides synchronously: a refused call never begins.
    let admitted = false;
    const begin = (): void => {
      admitted = true;
    };
    const isProbe = state === 'halfOpen';
    let ended: number | undefined;
    const call: Call = { begin, outcome: promise, endedAt: () => ended ?? now() };
    const fired = circuit.opossum.fire(call).then(noop, noop);
    const settle = (verdict: Verdict, { error = 'failed', at = now() }: Ending = {}): Promise<void> => {
      // opossum hears of a rejection one microtask later than of a success: this keeps the order of completion.
      if (verdict === 'failure') {
        ended = at;
        reject(new Error(error));
      } else if (verdict === 'success' || !isProbe) queueMicrotask(() => resolve({ verdict, at, isProbe }));
      // A cancelled probe proves nothing: it is left to opossum's own timeout, which re-opens.
      else return Promise.resolve();
      return fired;
    };
    return { ...asked, admitted, settle };
  };

  return {
    ask,
    state: () => state,
    streak: () => forced?.streak() ?? streak,
    window: () => (forced ?? circuit?.rule)?.window(now()) ?? null,
    generation: () => generation,
    ageMs: () => now() - since,
    waitMs: () => {
      if (state !== 'open' || policy.breaker === null) return 0;
      const gone = forced === null ? now() - since : 0;
      return Math.max(0, policy.breaker.openForMs - gone);
    },
    adopt: (next) => {
      policy = next;
      restart('closed');
      circuit = build();
    },
    force: (to) => {
      if (policy.breaker === null) throw new RangeError('there is no breaker to force');
      restart(to === 'open' ? 'open' : 'closed');
      if (to === 'auto') circuit = build();
      else forced = forcedBreaker(to, ruleOf(policy.breaker));
    },
    forced: () => forced?.held ?? null,
    stop: () => circuit?.opossum.shutdown(),
  };
}

/** Its own rate rule off, statistics off. The timeout is only a backstop behind the caller's own, and shorter than the wait:
 * else a call from before the opening could decide the half-open state. */
function opossumOptions(timeoutMs: number, { openForMs }: BreakerPolicy): CircuitBreaker.Options {
  return {
    timeout: timeoutMs + Math.min(1_000, (openForMs - timeoutMs) / 2),
    resetTimeout: openForMs,
    volumeThreshold: Number.MAX_SAFE_INTEGER,
    errorThresholdPercentage: 100,
    rollingPercentilesEnabled: false,
    enableSnapshots: false,
  };
}

function run({ begin, outcome }: Call): Promise<Settled> {
  begin();
  return outcome;
}

const noop = (): void => {};
