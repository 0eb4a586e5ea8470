import { describe, expect, it } from 'vitest';
import type { EventOf, RunEvent, ServiceEvent } from '../../services/contract/events.ts';
import { parseScenario } from '../scenario/parse.ts';
import type { Positions } from '../scenario/position.ts';
import type { Scenario } from '../scenario/schema.ts';
import { type VirtualClock, virtualClock } from '../testing/virtual-clock.ts';
import { resultOf } from '../verdict/result.ts';
import type { Answer, CustomerRequest, EventSource, ProcessExit, RateChange, StreamListener } from './ports.ts';
import { runScenario } from './run.ts';

const text = `
version: 1
name: brief
title: A short outage
warmup: 1s
load:
  checkout: { executor: constant-arrival-rate, rate: 10/s, journey: place-order, maxInFlight: 5 }
phases:
  - { name: baseline, for: 2s }
  - name: outage
    for: 3s
    faults:
      - { type: down, link: order->payment }
  - { name: recovery, for: 1s }
`;

function aScenario(source = text): { readonly scenario: Scenario; readonly positions: Positions } {
  const parsed = parseScenario(source, 'brief.yaml');
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('; '));
  return parsed;
}

interface World {
  readonly clock: VirtualClock;
  readonly events: RunEvent[];
  readonly calls: string[];
  readonly orders: CustomerRequest[];
  readonly stop: AbortController;
  exit: (exit: ProcessExit) => void;
  setRate: (change: RateChange) => void;
  scenario: Scenario;
  lose: (why: string) => void;
  answer: (order: CustomerRequest) => Promise<Answer>;
  sources: readonly EventSource[];
  run(): Promise<void>;
}

function aWorld(source = text): World {
  const clock = virtualClock();
  const lost = Promise.withResolvers<string>();
  const world: World = {
    clock,
    events: [],
    calls: [],
    orders: [],
    stop: new AbortController(),
    exit: () => {},
    setRate: () => {},
    scenario: aScenario(source).scenario,
    lose: lost.resolve,
    answer: async () => {
      await clock.sleep(20);
      return { status: 201, order: 'o1' };
    },
    sources: [],
    run: () =>
      clock.drive(
        runScenario({
          ...aScenario(source),
          scenario: world.scenario,
          header: {
            run: 'r1',
            scenario: { name: 'brief', path: 'brief.yaml', text: source },
            seed: 1,
            command: 'smartorders scenario run brief',
            startedAt: '2026-01-01T00:00:00.000Z',
            fleet: { name: 'test', driver: 'process', ephemeral: true, policies: {} },
            versions: {},
            machine: { platform: 'test', cpus: 1, memoryMb: 1 },
          },
          clock,
          stage: {
            applyPolicies: async () => void world.calls.push('policies'),
            createData: async () => ({ userIds: ['u1', 'u2'], itemIds: ['i1'] }),
          },
          faults: {
            set: async (fault) => void world.calls.push(`set ${fault}`),
            clear: async (fault) => void world.calls.push(`clear ${fault}`),
          },
          target: {
            send: (order) => {
              world.orders.push(order);
              return world.answer(order);
            },
          },
          sources: world.sources,
          watch: {
            onExit: (listener) => {
              world.exit = listener;
            },
            onHand: () => {},
            onRate: (listener) => {
              world.setRate = listener;
            },
            lost: lost.promise,
          },
          onEvent: (event) => world.events.push(event),
          signal: world.stop.signal,
        }),
      ),
  };
  return world;
}

function eventsOf<T extends RunEvent['type']>({ events }: World, type: T): readonly EventOf<T>[] {
  return events.filter((event): event is EventOf<T> => event.type === type);
}

describe('a run', () => {
  it('walks the plan in time and ends completed', async () => {
    const world = aWorld();
    await world.run();
    const told = world.events.flatMap((event) => {
      if (event.type === 'phase') return [`${event.at} ${event.name} ${event.edge}`];
      if (event.type === 'fault.set' || event.type === 'fault.cleared')
        return [`${event.at} ${event.type} ${event.fault}`];
      return event.type === 'run.ended' ? [`${event.at} ${event.reason}`] : [];
    });
    expect(told).toEqual([
      '0 warmup start',
      '1000 warmup end',
      '1000 baseline start',
      '3000 baseline end',
      '3000 outage start',
      '3000 fault.set outage/1',
      '6000 fault.cleared outage/1',
      '6000 outage end',
      '6000 recovery start',
      '7000 recovery end',
      '7000 completed',
    ]);
    expect(world.calls).toEqual(['policies', 'set outage/1', 'clear outage/1']);
  });

  it('sends every order at its planned time, under one key each', async () => {
    const world = aWorld();
    await world.run();
    const requests = eventsOf(world, 'request');
    expect(requests).toHaveLength(70);
    expect(requests.every(({ sentAt, dueAt }) => sentAt === dueAt)).toBe(true);
    expect(requests.map(({ dueAt }) => dueAt)).toEqual(Array.from({ length: 70 }, (_, index) => index * 100));
    expect(new Set(world.orders.map(({ key }) => key)).size).toBe(70);
  });

  it('measures from the planned time and drops what finds no room', async () => {
    const world = aWorld();
    world.answer = async () => {
      await world.clock.sleep(1_000);
      return { status: 201 };
    };
    await world.run();
    const requests = eventsOf(world, 'request');
    const dropped = requests.filter(({ outcome }) => outcome === 'dropped');
    expect(requests).toHaveLength(70);
    // Room for 5 at 10/s and 1 s each: half finds none.
    expect(dropped.length).toBe(35);
    expect(dropped.every(({ sentAt }) => sentAt === null)).toBe(true);
    expect(eventsOf(world, 'load.tick').at(-1)).toMatchObject({ planned: 70, sent: 35, dropped: 35 });
  });

  it('clears the fault, keeps the record and says interrupted when it is stopped in the outage', async () => {
    const world = aWorld();
    const running = world.run();
    await world.clock.sleep(4_000);
    world.stop.abort({ reason: 'interrupted', detail: 'by SIGINT' });
    await running;
    expect(world.calls).toEqual(['policies', 'set outage/1', 'clear outage/1']);
    expect(eventsOf(world, 'fault.cleared')).toMatchObject([{ fault: 'outage/1', reason: 'stop' }]);
    expect(world.events.at(-1)).toMatchObject({ type: 'run.ended', reason: 'interrupted', detail: 'by SIGINT' });
  });

  it('ends errored when a process dies that no fault killed', async () => {
    const world = aWorld();
    const running = world.run();
    await world.clock.sleep(2_000);
    world.exit({ process: 'payment', code: null, signal: 'SIGKILL' });
    await running;
    expect(eventsOf(world, 'process')).toMatchObject([{ process: 'payment', signal: 'SIGKILL', expected: false }]);
    expect(world.events.at(-1)).toMatchObject({ type: 'run.ended', reason: 'errored' });
  });

  it('ends errored when the keeper is gone', async () => {
    const world = aWorld();
    const running = world.run();
    await world.clock.sleep(2_000);
    world.lose('the keeper of the fleet is gone');
    await running;
    expect(world.events.at(-1)).toMatchObject({ reason: 'errored', detail: 'the keeper of the fleet is gone' });
  });
});

describe('a rate set by hand', () => {
  const sentIn = (world: World, from: number, to: number): number =>
    eventsOf(world, 'request').filter(({ dueAt }) => dueAt >= from && dueAt < to).length;

  it('holds from now on, at once, and is recorded', async () => {
    const world = aWorld();
    const running = world.run();
    await world.clock.sleep(2_050);
    world.setRate({ load: 'checkout', perSecond: 40 });
    await running;
    expect(eventsOf(world, 'hand')).toMatchObject([
      { at: 2_050, action: 'load', target: 'checkout', detail: '10/s -> 40/s' },
    ]);
    const requests = eventsOf(world, 'request');
    expect([sentIn(world, 0, 2_050), sentIn(world, 2_050, 3_050), sentIn(world, 6_050, 7_000)]).toEqual([21, 40, 38]);
    expect(requests.every(({ sentAt, dueAt }) => sentAt === dueAt)).toBe(true);
    expect(new Set(requests.map(({ key }) => key)).size).toBe(requests.length);
    expect(eventsOf(world, 'load.tick').at(-1)).toMatchObject({ planned: requests.length });
  });

  it('wakes a load that has long to wait, or nothing more to send', async () => {
    const world = aWorld();
    world.scenario = aScenario(text.replace('10/s', '0.2/s')).scenario;
    const running = world.run();
    await world.clock.sleep(5_900);
    world.setRate({ load: 'checkout', perSecond: 10 });
    await running;
    expect([sentIn(world, 0, 5_900), sentIn(world, 5_900, 7_000)]).toEqual([2, 11]);
  });

  it.each([
    [text, { load: 'browse', perSecond: 1 }, 'the run has no load browse; it has checkout'],
    [
      text.replace('journey', 'during: [recovery], journey'),
      { load: 'checkout', perSecond: 1 },
      'the load checkout is not on now',
    ],
    [
      text.replace(/constant-arrival-rate.*5 }/, 'constant-vus, vus: 2, journey: place-order }'),
      { load: 'checkout', perSecond: 1 },
      'the rate of checkout cannot be set: its customers wait for answers (constant-vus), so it is an outcome',
    ],
  ])('that cannot be set is refused', async (source, change, why) => {
    const world = aWorld();
    world.scenario = aScenario(source).scenario;
    const running = world.run();
    await world.clock.sleep(2_000);
    expect(() => world.setRate(change)).toThrow(why);
    await running;
    expect(eventsOf(world, 'hand')).toEqual([]);
  });
});

describe('a run that watches itself', () => {
  const promised = `${text}expect: { thresholds: [orders.success >= 90% during baseline] }\n`;
  const failing = async () => ({ status: 500 });

  it('breaks nothing where the baseline does not hold, and says which threshold', async () => {
    const world = aWorld(promised);
    world.answer = failing;
    await world.run();

    expect(world.calls).toEqual(['policies']);
    expect(eventsOf(world, 'run.ended')).toMatchObject([
      {
        at: 2_900,
        reason: 'unsteady',
        detail:
          'no steady state before the first fault: brief.yaml:15: orders.success >= 90% during baseline, and it was 0 % of 18',
      },
    ]);
    expect(resultOf(world.events, { cutOff: false })).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringContaining('brief.yaml:15: orders.success >= 90% during baseline'),
    });
  });

  it('goes on where it holds, where nobody can tell yet, and where it is told not to look', async () => {
    for (const [source, answer] of [
      [promised, undefined],
      [promised.replace(' during baseline', ''), undefined],
      [`${promised}steadyState: off\n`, failing],
    ] as const) {
      const world = aWorld(source);
      if (answer !== undefined) world.answer = answer;
      await world.run();

      expect(world.calls).toContain('set outage/1');
      expect(eventsOf(world, 'run.ended')).toMatchObject([{ reason: 'completed' }]);
    }
  });

  it('stops at the first second at which a stop condition is met, undoes, and names its line', async () => {
    const world = aWorld(`${text}stopConditions:\n  - orders.failed > 50% for 2s\n`);
    world.answer = async () => ({ status: world.calls.includes('set outage/1') ? 500 : 201 });
    await world.run();

    expect(world.calls).toEqual(['policies', 'set outage/1', 'clear outage/1']);
    // Half of the last two seconds is not more than half: the third second of the outage decides.
    expect(eventsOf(world, 'run.ended')).toMatchObject([
      {
        at: 5_000,
        reason: 'aborted',
        detail: 'stop condition brief.yaml:16: orders.failed > 50% for 2s, and it was 100 % of 19',
      },
    ]);
    expect(resultOf(world.events, { cutOff: false }).verdict).toBe('aborted');
  });

  it('goes on where a stop condition is met for too short a time only', async () => {
    const world = aWorld(`${text}stopConditions: [orders.failed >= 90% for 4s]\n`);
    world.answer = async () => ({ status: world.calls.at(-1) === 'set outage/1' ? 500 : 201 });
    await world.run();

    expect(eventsOf(world, 'run.ended')).toMatchObject([{ reason: 'completed' }]);
  });
});

describe('what services tell', () => {
  const at = (clock: VirtualClock, src: string, seq: number): ServiceEvent => ({
    v: 1,
    at: clock.now() + 500,
    src,
    seq,
    type: 'arrival',
    link: 'order->payment',
    attempt: `a${seq}`,
    generation: 0,
    operation: 'POST /charges',
  });

  /** A service whose clock is 500 ms ahead and whose fifth event is lost. */
  function aSource(world: World): EventSource {
    let listener: StreamListener | undefined;
    let seq = 3;
    const clockNow = async () => ({ src: 'payment/b1', now: world.clock.now() + 500, seq });
    return {
      service: 'payment',
      clock: clockNow,
      stream: async (given, { signal }) => {
        listener = given;
        listener.hello(await clockNow());
        const ended = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        void world.clock.sleep(1_000, signal).then(
          () => {
            for (const number of [4, 6]) listener?.events([at(world.clock, 'payment/b1', number)]);
            seq = 6;
          },
          () => {},
        );
        await ended;
      },
    };
  }

  it('is put on the clock of the run, and a hole in it is told', async () => {
    const world = aWorld();
    world.sources = [aSource(world)];
    await world.run();
    expect(eventsOf(world, 'arrival').map((event) => [event.seq, event.at])).toEqual([
      [4, 1_000],
      [6, 1_000],
    ]);
    expect(eventsOf(world, 'gap')).toMatchObject([{ of: 'payment/b1', after: 4, next: 6 }]);
    expect(eventsOf(world, 'clock')[0]).toMatchObject({ of: 'payment/b1', roundTrip: 0 });
  });

  it('is missed at the end, too', async () => {
    const world = aWorld();
    const source = aSource(world);
    world.sources = [{ ...source, clock: async () => ({ ...(await source.clock()), seq: 9 }) }];
    await world.run();
    expect(eventsOf(world, 'gap').at(-1)).toMatchObject({ next: null });
  });
});
