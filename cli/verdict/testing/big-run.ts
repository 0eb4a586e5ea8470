// A run as large as asked for, event by event: every order with the calls and arrivals that it makes in a real fleet, payment
// refused for the second quarter, and a breaker that does as its policy says. Deterministic, and never held as a whole.
import type { RunEvent } from '../../../services/contract/events.ts';
import { describeFault } from '../../scenario/describe-fault.ts';
import { plan } from '../../scenario/plan.ts';
import { policiesOf } from '../../scenario/policies.ts';
import { aScenario, scenarioText } from '../../scenario/testing/a-scenario.ts';
import { aCall, aMove, anArrival, aRequest, type Draft } from './events.ts';

export interface BigRun {
  readonly seconds: number;
  readonly perSecond: number;
}

type Told = Draft & { readonly src: string };

export function* bigRun({ seconds, perSecond }: BigRun): Generator<RunEvent> {
  const replaced = scenarioParts({ seconds, perSecond });
  const seqs = new Map<string, number>();
  const stamped = (draft: Told): RunEvent => {
    const seq = (seqs.get(draft.src) ?? 0) + 1;
    seqs.set(draft.src, seq);
    return { v: 1, seq, ...draft };
  };
  const stage = stageOf(replaced);
  const fault = { from: stage.at('fault.set'), to: stage.at('fault.cleared') };
  const order = aFleet(fault);
  // What has not happened yet when the next order is due: a few dozen events.
  let pending: Told[] = [...stage.drafts];
  for (let index = 0; index < seconds * perSecond; index += 1) {
    const dueAt = (index * 1_000) / perSecond;
    if (index % perSecond === 0) pending.push(aTick(dueAt, index));
    pending.push(...order(dueAt, index));
    if (index % 50 !== 0) continue;
    yield* pending
      .filter(({ at }) => at < dueAt)
      .sort(byTime)
      .map(stamped);
    pending = pending.filter(({ at }) => at >= dueAt);
  }
  yield* pending.sort(byTime).map(stamped);
  yield stamped({ src: 'runner', type: 'run.ended', at: seconds * 1_000 + 1_000, reason: 'completed' });
}

// --- internal ---

const byTime = (a: Told, b: Told): number => a.at - b.at;
const openForMs = 2_000;

function scenarioParts({ seconds, perSecond }: BigRun): Readonly<Record<string, string>> {
  const quarter = (seconds - 1) / 4;
  return {
    name: 'big',
    load: `{ checkout: { executor: constant-arrival-rate, rate: ${perSecond}/s, journey: place-order, maxInFlight: 5000 } }`,
    phases: `
  - { name: baseline, for: ${quarter}s }
  - { name: outage, for: ${quarter}s, faults: [{ type: down, link: order->payment }] }
  - { name: recovery, for: ${2 * quarter}s }`,
  };
}

function stageOf(replaced: Readonly<Record<string, string>>) {
  const { scenario } = aScenario(replaced);
  const drafts = plan(scenario).flatMap((step): Draft[] => {
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
  const started: Draft = {
    type: 'run.started',
    at: -1,
    run: 'big-20260101T000000Z-0000',
    scenario: { name: 'big', path: 'big.yaml', text: scenarioText(replaced) },
    seed: scenario.seed,
    command: 'smartorders scenario run big.yaml',
    startedAt: '2026-01-01T00:00:00.000Z',
    monotonicStart: 1_000,
    fleet: { name: 'default', driver: 'process', ephemeral: true, policies: { ...policiesOf(scenario) } },
    versions: { smartorders: '0.1.0', node: '24.0.0' },
    machine: { platform: 'linux-x64', cpus: 2, memoryMb: 4096 },
    plan: plan(scenario).map((step) => ({ ...step })),
  };
  return {
    drafts: [started, ...drafts].map((draft) => ({ ...draft, src: 'runner' })),
    at: (type: Draft['type']): number => drafts.find((draft) => draft.type === type)?.at ?? 0,
  };
}

const aTick = (at: number, sent: number): Told => ({
  src: 'runner',
  type: 'load.tick',
  at,
  load: 'checkout',
  ...{ planned: sent, sent, dropped: 0, inFlight: 5, lateness: { p50: 0.5, p99: 1.5, max: 2.5 } },
});

/** One order → all that is told of it. */
function aFleet(fault: { readonly from: number; readonly to: number }) {
  const breaker: Charge['breaker'] = { state: 'closed', streak: 0, generation: 0, since: 0 };
  return (dueAt: number, index: number): readonly Told[] => {
    const key = `big-20260101T000000Z-0000-checkout-${index}`;
    const told: Told[] = [];
    // Some take longer: without spread there would be nothing to draw.
    const slow = 1 + ((index * 7_919) % 100) / 100;
    const call = (link: string, from: number, to: number, operation: string): void => {
      const caller = link.split('->')[0] ?? '';
      const callee = link.split('->')[1] ?? '';
      const attempt = `${caller.slice(0, 2)}0000-${index}-${from}`;
      const [start, end] = [dueAt + from * slow, dueAt + to * slow];
      const http = callee === 'db' ? {} : { status: 201 };
      if (callee !== 'db')
        told.push({ src: `${callee}/1`, ...anArrival({ at: start + 0.5, link, attempt, key, operation }) });
      told.push({ src: `${caller}/1`, ...aCall({ at: end, link, attempt, key, operation, start, end, ...http }) });
    };
    call('order->user', 2, 5, 'GET /users/:id');
    call('user->db', 3, 4, 'find-user');
    call('order->inventory', 5, 8, 'POST /reservations');
    call('inventory->db', 6, 7, 'reserve-stock');
    call('order->db', 8, 9, 'add-order');
    const outcome = charge({ at: dueAt + 9, index, key, told, breaker, fault });
    if (outcome === 'success') call('payment->db', 10, 12, 'make-charge');
    call('order->db', 14, 15, outcome === 'success' ? 'confirm-order' : 'fail-order');
    call('order->inventory', 15, 18, `POST /reservations/:order_id/${outcome === 'success' ? 'commit' : 'release'}`);
    call('inventory->db', 16, 17, outcome === 'success' ? 'commit-hold' : 'release-hold');
    call('gateway->order', 1, 19, 'POST /place-order');
    const doneAt = dueAt + 20 * slow;
    const status = outcome === 'success' ? 201 : 503;
    const request = { dueAt, sentAt: dueAt + 0.5, doneAt, index, key, status, outcome } as const;
    told.push({
      src: 'runner',
      ...aRequest({ ...request, order: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}` }),
    });
    return told;
  };
}

interface Charge {
  readonly at: number;
  readonly index: number;
  readonly key: string;
  readonly told: Told[];
  readonly breaker: { state: 'closed' | 'open' | 'halfOpen'; streak: number; generation: number; since: number };
  readonly fault: { readonly from: number; readonly to: number };
}

/** The call over order->payment. It ends at once, so that orders come to their charges one after the other. */
function charge({ at, index, key, told, breaker, fault }: Charge): 'success' | 'rejected' | 'failed' {
  const tell = (draft: Draft): void => void told.push({ src: 'order/1', ...draft });
  const move = (name: Parameters<typeof aMove>[0], when: number, to: Charge['breaker']['state']): void => {
    breaker.generation += 1;
    tell(aMove(name, { at: when, generation: breaker.generation, streak: breaker.streak }));
    [breaker.state, breaker.since, breaker.streak] = [to, when, 0];
  };
  if (breaker.state === 'open' && at >= breaker.since + openForMs) move('wait', breaker.since + openForMs, 'halfOpen');
  const { state, generation } = breaker;
  const ask = {
    attempt: `or0000-${index}-pay`,
    key,
    operation: 'POST /charges',
    generation,
    state,
    start: at,
    end: at,
    at,
  };
  if (state === 'open') {
    tell(aCall({ ...ask, admitted: false, outcome: 'rejected' }));
    return 'rejected';
  }
  const isDown = at >= fault.from && at < fault.to;
  if (!isDown) {
    told.push({
      src: 'payment/1',
      ...anArrival({ at, attempt: ask.attempt, key, generation, operation: ask.operation }),
    });
    tell(aCall({ ...ask, outcome: 'success', status: 201 }));
    breaker.streak = 0;
    if (state === 'halfOpen') move('close', at, 'closed');
    return 'success';
  }
  tell(aCall({ ...ask, outcome: 'failure', failure: 'refused' }));
  breaker.streak += 1;
  if (state === 'halfOpen') move('reopen', at, 'open');
  else if (breaker.streak >= 3) move('open', at, 'open');
  return 'failed';
}
