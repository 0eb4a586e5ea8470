// The circuit breaker of one link: opossum with the rule "N failures in a row, in order of completion".
// The only file that knows opossum. It knows nothing of HTTP: a call is asked for and later settled.
//
//   closed ──threshold──▶ open ──wait-over──▶ halfOpen ──probe-succeeded──▶ closed
//                          ▲                     │
//                          └────probe-failed─────┘        any ──manual──▶ closed
import CircuitBreaker from 'opossum';
import type { BreakerState, EventOf, Unstamped } from '../contract/events.ts';
import type { BreakerPolicy, Policy } from '../contract/policy.ts';

/** `cancelled`: the caller gave up, which says nothing about the callee. */
export type Verdict = 'success' | 'failure' | 'cancelled';
export type Transition = Omit<Unstamped<EventOf<'breaker'>>, 'type' | 'link'>;

export interface Admission {
  readonly admitted: boolean;
  /** As they were when the breaker was asked. */
  readonly state: BreakerState;
  readonly generation: number;
  /** Tells how the call ended; resolves when the breaker has drawn its conclusion. Only for admitted calls. */
  readonly settle: (verdict: Verdict, error?: string) => Promise<void>;
}

export interface Breaker {
  readonly ask: () => Admission;
  readonly state: () => BreakerState;
  /** Failures in a row. */
  readonly streak: () => number;
  /** Transitions so far. */
  readonly generation: () => number;
  /** In this state since, ms. */
  readonly ageMs: () => number;
  /** Until the next probe may go, ms; 0 where none has to wait. */
  readonly waitMs: () => number;
  /** Takes another policy and starts closed; calls in flight no longer count. */
  readonly adopt: (policy: Policy) => void;
  readonly stop: () => void;
}

export interface BreakerOptions {
  readonly policy: Policy;
  readonly now: () => number;
  readonly onTransition: (transition: Transition) => void;
}

type Settled = Exclude<Verdict, 'failure'>;
interface Call {
  readonly begin: () => void;
  readonly outcome: Promise<Settled>;
}
type Circuit = CircuitBreaker<[Call], Settled>;

export function createBreaker({ policy: firstPolicy, now, onTransition }: BreakerOptions): Breaker {
  let policy = firstPolicy;
  let state: BreakerState = 'closed';
  let streak = 0;
  let generation = 0;
  let since = now();

  const moveTo = (to: BreakerState, cause: Transition['cause'], error?: string): void => {
    const from = state;
    state = to;
    since = now();
    generation += 1;
    onTransition({ from, to, cause, streak, generation, ...(error === undefined ? {} : { error }) });
    if (to === 'closed') streak = 0;
  };

  const build = (): Circuit | null => {
    if (policy.breaker === null) return null;
    const { failureThreshold } = policy.breaker;
    const circuit: Circuit = new CircuitBreaker(run, opossumOptions(policy.timeoutMs, policy.breaker));
    let lastError: string | undefined;
    circuit.on('success', (outcome) => {
      if (circuit.closed && outcome === 'success') streak = 0;
    });
    circuit.on('failure', (error) => {
      if (circuit.opened) return;
      streak += 1;
      lastError = error.message;
      if (circuit.closed && streak >= failureThreshold) circuit.open();
    });
    circuit.on('open', () => moveTo('open', state === 'halfOpen' ? 'probe-failed' : 'threshold', lastError));
    circuit.on('halfOpen', () => moveTo('halfOpen', 'wait-over'));
    circuit.on('close', () => {
      streak = 0;
      moveTo('closed', 'probe-succeeded');
    });
    return circuit;
  };
  let circuit = build();

  const ask = (): Admission => {
    const asked = { state, generation };
    if (circuit === null) return { ...asked, admitted: true, settle: async () => {} };
    const { promise, resolve, reject } = Promise.withResolvers<Settled>();
    // opossum decides synchronously: a refused call never begins.
    let admitted = false;
    const begin = (): void => {
      admitted = true;
    };
    const fired = circuit.fire({ begin, outcome: promise }).then(noop, noop);
    const settle = (verdict: Verdict, error = 'failed'): Promise<void> => {
      // opossum hears of a rejection one microtask later than of a success: this keeps the order of completion.
      if (verdict === 'failure') reject(new Error(error));
      else if (verdict === 'success' || asked.state !== 'halfOpen') queueMicrotask(() => resolve(verdict));
      // A cancelled probe proves nothing: it is left to opossum's own timeout, which re-opens.
      else return Promise.resolve();
      return fired;
    };
    return { ...asked, admitted, settle };
  };

  return {
    ask,
    state: () => state,
    streak: () => streak,
    generation: () => generation,
    ageMs: () => now() - since,
    waitMs: () =>
      state === 'open' && policy.breaker !== null ? Math.max(0, policy.breaker.openForMs - (now() - since)) : 0,
    adopt: (next) => {
      // shutdown() removes opossum's listeners, so what is still in flight settles into the void.
      circuit?.shutdown();
      policy = next;
      if (state !== 'closed') moveTo('closed', 'manual');
      streak = 0;
      circuit = build();
    },
    stop: () => circuit?.shutdown(),
  };
}

/** Rate rule off, statistics off. The timeout is only a backstop behind the caller's own, and shorter than the wait:
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
