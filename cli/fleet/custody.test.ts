import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ControlPush } from './control-protocol.ts';
import { type CustodyRequest, createCustody } from './custody.ts';
import { aFleet } from './testing/fake-fleet.ts';

const [aRun, aCommand] = [{ id: 1 }, { id: 2 }];
const latency = { type: 'latency', link: 'order:payment', latency: '2s' };
const down = { type: 'down', link: 'order->payment' };

type Op<T extends CustodyRequest['op']> = Omit<Extract<CustodyRequest, { op: T }>, 'id' | 'op'>;

function aCustody() {
  const fleet = aFleet();
  const pushed: (ControlPush & { readonly to: number })[] = [];
  const failed: string[] = [];
  const custody = createCustody({
    ...fleet,
    push: (to, push) => pushed.push({ to, ...push }),
    onLease: () => {},
    onUndoFailed: (key) => failed.push(key),
  });
  return {
    ...fleet,
    custody,
    pushed,
    failed,
    add: (fault: Op<'fault.add'>['fault'], ttlMs = 60_000) =>
      custody.handle({ id: 1, op: 'fault.add', fault, ttlMs }, aCommand),
    list: () => custody.handle({ id: 1, op: 'fault.list' }, aCommand),
    clear: (fault: string) => custody.handle({ id: 1, op: 'fault.clear', fault }, aCommand),
    reset: (force = false) => custody.handle({ id: 1, op: 'reset', force }, aCommand),
    force: (to: Op<'breaker.force'>['state'], ttlMs = 60_000, link: Op<'breaker.force'>['link'] = 'order->payment') =>
      custody.handle({ id: 1, op: 'breaker.force', link, state: to, ttlMs }, aCommand),
    lease: () => custody.handle({ id: 1, op: 'lease', run: 'r1', journal: '/r1.ndjson' }, aRun),
    /** As a run does it: the undo first. */
    plan: async (fault: string, link = 'order->payment') => {
      const words = { fault, kind: 'down', target: link, dose: 'down' };
      const undo = { kind: 'enable' as const, link };
      await custody.handle({ id: 1, op: 'undo.add', key: `r1/${fault}`, undo, ttlMs: 10_000, fault: words }, aRun);
      await fleet.links.setEnabled(link, false);
    },
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a fault set by hand', () => {
  it('is set, listed, and stays when the command that set it has left', async () => {
    const { add, list, custody, broken } = aCustody();
    const words = { fault: 'hand/1', kind: 'latency', target: 'order->payment', dose: 'latency 2000±0 ms downstream' };
    expect(await add(latency)).toEqual({ ...words, by: 'hand', run: null, ageMs: 0, leftMs: 60_000 });
    await custody.release(aCommand);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await list()).toEqual([{ ...words, by: 'hand', run: null, ageMs: 1_000, leftMs: 59_000 }]);
    expect(broken()).toEqual(['order->payment has hand.1']);
  });

  it('ends by itself', async () => {
    const { add, list, broken } = aCustody();
    await add(latency, 5_000);
    await vi.advanceTimersByTimeAsync(4_999);
    expect(broken()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect([await list(), broken()]).toEqual([[], []]);
  });

  it('is cleared by its id, which no other ever has', async () => {
    const { add, clear, broken } = aCustody();
    await add(latency);
    await add({ type: 'httpError', service: 'payment', status: 503 });
    await clear('hand/1');
    expect(broken()).toEqual(['payment has hand/2']);
    await clear('hand/1');
    expect(await add(down)).toMatchObject({ fault: 'hand/3' });
  });

  it('that cannot be set is told, and leaves nothing', async () => {
    const { add, list, failures, broken } = aCustody();
    failures.add('payment');
    await expect(add({ type: 'httpError', service: 'payment', status: 503 })).rejects.toThrow(
      'payment does not answer',
    );
    expect([await list(), broken()]).toEqual([[], []]);
  });

  it('is in the list before it is set, and undone even if its time is over before', async () => {
    const world = aCustody();
    const { add, list, links, broken } = world;
    const setting = Promise.withResolvers<void>();
    const { addToxic } = links;
    links.addToxic = async (link, toxic) => {
      await setting.promise;
      await addToxic(link, toxic);
    };
    const added = add(latency, 100);
    await vi.advanceTimersByTimeAsync(0);
    expect(await list()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(100);
    setting.resolve();
    await added;
    expect([await list(), broken()]).toEqual([[], []]);
  });

  it('is undone, and told once, if its undo began while it was being set', async () => {
    const { add, lease, list, links, pushed, broken } = aCustody();
    await lease();
    const [setting, undoing] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const { addToxic, removeToxic } = links;
    links.addToxic = async (link, toxic) => {
      await setting.promise;
      await addToxic(link, toxic);
    };
    const added = add(latency, 100);
    links.removeToxic = async (link, toxic) => {
      await removeToxic(link, toxic);
      await undoing.promise;
    };
    await vi.advanceTimersByTimeAsync(100);
    setting.resolve();
    await vi.advanceTimersByTimeAsync(1);
    undoing.resolve();
    await added;
    expect([await list(), broken()]).toEqual([[], []]);
    expect(pushed.flatMap((push) => (push.push === 'hand' ? [push.hand.change] : []))).toEqual(['set', 'cleared']);
  });

  it('that is down like one of a run keeps the link down until both have let go', async () => {
    const { add, clear, plan, lease, custody, broken } = aCustody();
    await lease();
    await add(down);
    await plan('outage/1');
    await custody.handle({ id: 1, op: 'undo.run', key: 'r1/outage/1' }, aRun);
    expect(broken()).toEqual(['order->payment is down']);
    await plan('outage/1');
    await clear('hand/1');
    expect(broken()).toEqual(['order->payment is down']);
    await custody.release(aRun);
    expect(broken()).toEqual([]);
  });
});

describe('a run', () => {
  it('is told what a hand sets and clears, also by its time', async () => {
    const { add, clear, lease, pushed } = aCustody();
    await add(down, 2_000);
    await lease();
    await add(latency);
    await clear('hand/2');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(pushed).toMatchObject([
      { to: 1, push: 'hand', hand: { change: 'set', fault: 'hand/2', target: 'order->payment', ttlMs: 60_000 } },
      { to: 1, push: 'hand', hand: { change: 'cleared', fault: 'hand/2' } },
      { to: 1, push: 'hand', hand: { change: 'cleared', fault: 'hand/1' } },
    ]);
  });

  it('has its own faults listed under its name, and no hand clears them', async () => {
    const { plan, list, lease, clear, pushed } = aCustody();
    await lease();
    await plan('outage/1');
    await clear('r1/outage/1');
    await clear('outage/1');
    expect(await list()).toMatchObject([{ fault: 'outage/1', by: 'plan', run: 'r1', dose: 'down', leftMs: 10_000 }]);
    expect(pushed).toEqual([]);
  });

  it('takes along what a hand did to it', async () => {
    const { add, force, lease, custody, list, broken } = aCustody();
    await lease();
    await add(latency);
    await force('disabled');
    await custody.release(aCommand);
    expect(broken()).toHaveLength(2);
    await custody.release(aRun);
    expect([await list(), broken()]).toEqual([[], []]);
  });

  it('is one at a time', async () => {
    const { custody, lease } = aCustody();
    await lease();
    expect(custody.run()).toBe('r1');
    await expect(
      custody.handle({ id: 1, op: 'lease', run: 'r2', journal: '/r2.ndjson' }, aCommand),
    ).rejects.toMatchObject({ code: 'leased' });
    await custody.release(aRun);
    expect(custody.run()).toBeNull();
  });
});

describe('a breaker forced by hand', () => {
  const changes = (pushed: readonly ControlPush[]) =>
    pushed.flatMap((push) => (push.push === 'hand' && push.hand.change === 'breaker' ? [push.hand.to] : []));

  it('is listed, ends by itself, and is cleared like a fault', async () => {
    const { force, list, clear, broken } = aCustody();
    await force('open', 5_000);
    expect(await list()).toMatchObject([
      { fault: 'breaker/order:payment', kind: 'breaker', target: 'order->payment', dose: 'forced open', by: 'hand' },
    ]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect([await list(), broken()]).toEqual([[], []]);
    await force('disabled');
    await clear('breaker/order:payment');
    expect([await list(), broken()]).toEqual([[], []]);
  });

  it('is in one state at a time, from the last word on', async () => {
    const { force, list, broken } = aCustody();
    await force('open', 5_000);
    await force('closed', 9_000);
    await vi.advanceTimersByTimeAsync(5_000);
    expect([(await list()) as unknown[], broken()]).toMatchObject([
      [{ dose: 'forced closed' }],
      ['order->payment is forced closed'],
    ]);
  });

  it('is told to the run, and ends with it', async () => {
    const { force, lease, custody, pushed, broken } = aCustody();
    await lease();
    await force('open');
    await force('auto');
    await force('auto');
    await force('disabled');
    await custody.release(aRun);
    expect(changes(pushed)).toEqual(['open', 'auto', 'auto', 'disabled', 'auto']);
    expect(broken()).toEqual([]);
  });

  it('auto closes also one that opened by itself', async () => {
    const { force, states } = aCustody();
    states.set('order->payment', 'open');
    await force('auto');
    expect(states.get('order->payment')).toBe('closed');
  });

  it('that cannot be forced is told, and leaves nothing', async () => {
    const { force, list, failures, broken, lease, pushed } = aCustody();
    await lease();
    failures.add('order');
    await expect(force('open')).rejects.toThrow('order does not answer');
    failures.clear();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([await list(), broken(), changes(pushed)]).toEqual([[], [], ['open', 'auto']]);
  });

  it('is let go by a reset, also where nobody knows of it', async () => {
    const { force, reset, admin, broken } = aCustody();
    await force('open');
    await admin.forceBreaker('gateway', 'gateway->user', 'disabled');
    expect(await reset()).toEqual([
      'order->payment: forced open (breaker/order:payment)',
      'gateway->user: its breaker was forced disabled',
    ]);
    expect(broken()).toEqual([]);
  });
});

describe('who watches', () => {
  it('is told which run is on, when it begins and when it lets go', async () => {
    const { custody, lease, pushed } = aCustody();
    const watch = () => custody.handle({ id: 1, op: 'run.watch' }, aCommand);
    expect(await watch()).toBeNull();
    await lease();
    const run = { run: 'r1', journal: '/r1.ndjson' };
    expect(await watch()).toEqual(run);
    await custody.release(aRun);
    expect(pushed).toEqual([
      { to: 2, push: 'run', run },
      { to: 2, push: 'run', run: null },
    ]);
    await custody.gone(aCommand);
    await lease();
    expect(pushed).toHaveLength(2);
  });
});

describe('another rate of a load', () => {
  const ask = ({ custody }: ReturnType<typeof aCustody>) =>
    custody.handle({ id: 1, op: 'load.set', load: 'checkout', perSecond: 9 }, aCommand);
  const answer = ({ custody }: ReturnType<typeof aCustody>, error: string | null) =>
    custody.handle({ id: 1, op: 'load.answer', ask: 1, error }, aRun);

  it('is the run’s to set: what it answers is the answer', async () => {
    const world = aCustody();
    await expect(ask(world)).rejects.toMatchObject({ code: 'no-run' });
    await world.lease();
    const refused = expect(ask(world)).rejects.toMatchObject({ code: 'load', message: 'it is closed' });
    expect(world.pushed).toEqual([{ to: 1, push: 'load', ask: 2, load: 'checkout', perSecond: 9 }]);
    await world.custody.handle({ id: 1, op: 'load.answer', ask: 2, error: 'it is closed' }, aRun);
    await refused;
    const done = ask(world);
    await world.custody.handle({ id: 1, op: 'load.answer', ask: 3, error: null }, aRun);
    expect(await done).toBeUndefined();
    // Nobody waits for these any more.
    await answer(world, null);
  });

  it('is not waited for without end', async () => {
    const world = aCustody();
    await world.lease();
    const late = expect(ask(world)).rejects.toMatchObject({ code: 'run-silent' });
    await vi.advanceTimersByTimeAsync(5_000);
    await late;
  });
});

describe('a reset', () => {
  it('undoes what is in the list and what is not', async () => {
    const { add, reset, links, proxies, states, broken, list } = aCustody();
    await add(latency);
    await links.setEnabled('order->user', false);
    proxies.delete('gateway->user');
    states.set('order->payment', 'open');
    expect(await reset()).toEqual([
      'order->payment: latency 2000±0 ms downstream (hand/1)',
      'gateway->user: its proxy was gone',
      'order->user: its proxy was disabled',
      'order->payment: its breaker was open',
    ]);
    expect([await list(), broken(), states.size]).toEqual([[], [], 0]);
    expect(await reset()).toEqual([]);
  });

  it('is refused while a run is on, with its id', async () => {
    const { lease, plan, reset, broken } = aCustody();
    await lease();
    await plan('outage/1');
    await expect(reset()).rejects.toMatchObject({ code: 'leased', message: expect.stringContaining('r1') });
    expect(broken()).toHaveLength(1);
  });

  it('by force tells the run and waits until it has let go', async () => {
    const { lease, plan, reset, custody, pushed, broken } = aCustody();
    await lease();
    await plan('outage/1');
    const done = reset(true);
    expect(pushed).toEqual([{ to: 1, push: 'hand', hand: { change: 'reset' } }]);
    // What the run is doing at this moment.
    await plan('outage/2', 'order->user');
    expect(broken()).toHaveLength(2);
    await custody.release(aRun);
    expect(await done).toEqual([]);
    expect(broken()).toEqual([]);
  });

  it('lets nobody begin anything until it is over', async () => {
    const { reset, lease, add, list, links, custody } = aCustody();
    const listing = Promise.withResolvers<void>();
    const whole = await links.list();
    links.list = async () => {
      await listing.promise;
      return whole;
    };
    const resetting = reset();
    const [leasing, adding] = [lease(), add(latency)];
    await vi.advanceTimersByTimeAsync(1);
    expect([custody.run(), await list()]).toEqual([null, []]);
    listing.resolve();
    await Promise.all([resetting, leasing, adding]);
    expect(custody.run()).toBe('r1');
    expect(await list()).toHaveLength(1);
  });

  it('by force does not wait for ever', async () => {
    const { lease, plan, reset, broken } = aCustody();
    await lease();
    await plan('outage/1');
    const done = reset(true);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await done).toEqual(['order->payment: down (outage/1)']);
    expect(broken()).toEqual([]);
  });

  it('heals all that it can and tells the rest', async () => {
    const { add, reset, failures, links, admin, broken, failed } = aCustody();
    await add(latency);
    await admin.setFailpoint('user', 'mine', { type: 'httpDelay', delayMs: 5, probability: 1, ttlMs: 5_000, seed: 1 });
    failures.add('order->payment');
    await expect(reset()).rejects.toMatchObject({
      code: 'not-healed',
      message: 'not everything could be undone: hand/1, order->payment does not answer',
    });
    expect([broken(), failed]).toEqual([['order->payment has hand.1'], ['hand/1']]);
    failures.clear();
    // The list goes on trying.
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await links.list()).flatMap(({ toxics }) => toxics)).toEqual([]);
  });
});
