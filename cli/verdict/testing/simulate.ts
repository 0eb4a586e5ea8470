// A whole run of the tiny scenario as its events, with a small model of a breaker that can be made wrong on purpose.
//
//   0      1 s        3 s              8 s            13 s
//   warmup | baseline | outage: refused | recovery     |        an order every 10 ms, one call over order->payment each
import type { RunEvent } from '../../../services/contract/events.ts';
import { describeFault } from '../../scenario/describe-fault.ts';
import { plan } from '../../scenario/plan.ts';
import { policiesOf } from '../../scenario/policies.ts';
import { aScenario, scenarioText } from '../../scenario/testing/a-scenario.ts';
import { aCall, aMove, anArrival, aRequest, type Draft, from } from './events.ts';

interface Knobs {
  /** Parts of the tiny scenario to replace. */
  readonly scenario?: Readonly<Record<string, string>>;
  readonly opensAfter?: number;
  readonly openForMs?: number;
  readonly probes?: number;
  /** Calls let through in each open state. */
  readonly leaks?: number;
  /** False: the fault is set, and nothing comes of it. */
  readonly faultWorks?: boolean;
  /** When the fault ceases to work, whatever was planned. */
  readonly healsAt?: number;
  /** How long every order takes, ms. */
  readonly takesMs?: number;
  readonly latenessMs?: number;
  /** Which orders the generator drops. */
  readonly drops?: (dueAt: number) => boolean;
  /** Further events of the runner. */
  readonly extra?: readonly Draft[];
  readonly end?: 'completed' | 'interrupted' | 'aborted' | 'errored';
}

export function simulate(knobs: Knobs = {}): RunEvent[] {
  const { takesMs = 5, latenessMs = 0, drops = () => false, extra = [], end = 'completed' } = knobs;
  const breaker = aBreaker(knobs);
  const requests: Draft[] = [];
  for (let dueAt = 0; dueAt < 13_000; dueAt += 10) {
    const index = dueAt / 10;
    if (drops(dueAt)) {
      requests.push(aRequest({ dueAt, index, sentAt: null, doneAt: dueAt, status: null, outcome: 'dropped' }));
      continue;
    }
    const outcome = breaker.order(dueAt);
    const times = { dueAt, sentAt: dueAt + latenessMs, doneAt: dueAt + latenessMs + takesMs };
    requests.push(aRequest({ ...times, index, outcome, status: outcome === 'success' ? 201 : 503 }));
  }
  const runner = [
    started(knobs),
    ...stage(knobs),
    ...requests,
    ...extra,
    { type: 'run.ended', at: 13_050, reason: end } as const,
  ];
  return [
    ...from(
      'runner',
      runner.toSorted((a, b) => a.at - b.at),
    ),
    ...from('order/1', breaker.told),
    ...from('payment/1', breaker.arrived),
  ];
}

// --- internal ---

const isFaulted = (at: number, healsAt: number): boolean => at >= 3_000 && at < healsAt;

function aBreaker({
  opensAfter = 3,
  openForMs = 2_000,
  probes = 1,
  leaks = 0,
  faultWorks = true,
  healsAt = 8_000,
}: Knobs) {
  const told: Draft[] = [];
  const arrived: Draft[] = [];
  let [state, since, streak, generation, admittedHere]: [
    'closed' | 'open' | 'halfOpen',
    number,
    number,
    number,
    number,
  ] = ['closed', 0, 0, 0, 0];
  const move = (name: Parameters<typeof aMove>[0], at: number, to: typeof state) => {
    generation += 1;
    told.push(
      aMove(name, { at, generation, streak, ...(name === 'wait' || name === 'close' ? {} : { error: 'refused' }) }),
    );
    [state, since, streak, admittedHere] = [to, at, 0, 0];
  };
  const order = (dueAt: number) => {
    if (state === 'open' && dueAt >= since + openForMs) move('wait', since + openForMs, 'halfOpen');
    const admits = state === 'closed' || admittedHere < (state === 'open' ? leaks : probes);
    const ask = { attempt: `a${dueAt}`, generation, state, start: dueAt + 1 };
    if (!admits) {
      told.push(aCall({ ...ask, at: dueAt + 1, end: dueAt + 1, admitted: false, outcome: 'rejected' }));
      return 'rejected';
    }
    admittedHere += 1;
    const at = dueAt + 4;
    if (!(faultWorks && isFaulted(dueAt, healsAt))) {
      arrived.push(anArrival({ at: dueAt + 2, attempt: ask.attempt, generation }));
      told.push(aCall({ ...ask, at, end: at, outcome: 'success', status: 201 }));
      streak = 0;
      if (state === 'halfOpen' && admittedHere >= probes) move('close', at, 'closed');
      return 'success';
    }
    told.push(aCall({ ...ask, at, end: at, outcome: 'failure', failure: 'refused' }));
    streak += 1;
    if (state === 'closed' && streak >= opensAfter) move('open', at, 'open');
    if (state === 'halfOpen' && admittedHere >= probes) move('reopen', at, 'open');
    return 'failed';
  };
  return { told, arrived, order };
}

function started({ scenario: replaced }: Knobs): Draft {
  const { scenario } = aScenario(replaced);
  return {
    type: 'run.started',
    at: 0,
    run: '20260101-000000-tiny',
    scenario: { name: 'tiny', path: 'tiny.yaml', text: scenarioText(replaced) },
    seed: scenario.seed,
    command: 'smartorders scenario run tiny.yaml --seed 1',
    startedAt: '2026-01-01T00:00:00.000Z',
    monotonicStart: 1_000,
    fleet: { name: 'default', driver: 'process', ephemeral: true, policies: { ...policiesOf(scenario) } },
    versions: { smartorders: '0.1.0', node: '24.0.0' },
    machine: { platform: 'linux x64', cpus: 2, memoryMb: 4096 },
    plan: plan(scenario).map((step) => ({ ...step })),
  };
}

/** Phases and faults, exactly when they were planned. */
const stage = ({ scenario: replaced }: Knobs): readonly Draft[] =>
  plan(aScenario(replaced).scenario).flatMap((step): Draft[] => {
    switch (step.do) {
      case 'start-phase':
        return [{ type: 'phase', at: step.at, name: step.phase, edge: 'start', judged: step.judged }];
      case 'end-phase':
        return [{ type: 'phase', at: step.at, name: step.phase, edge: 'end', judged: step.phase !== 'warmup' }];
      case 'set-fault': {
        const { fault, spec, ttlMs } = step;
        return [{ type: 'fault.set', at: step.at, fault, kind: spec.type, ...describeFault(spec), ttlMs, by: 'plan' }];
      }
      case 'clear-fault':
        return [{ type: 'fault.cleared', at: step.at, fault: step.fault, reason: 'plan' }];
      default:
        return [];
    }
  });
