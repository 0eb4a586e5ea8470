import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Failpoint } from '../contract/admin.ts';
import { aRecorder } from '../testing/recorder.ts';
import { createFailpoints, type Visit } from './failpoints.ts';

const aVisit = (overrides: Partial<Visit> = {}): Visit => ({
  operation: 'POST /charges',
  link: 'order->payment',
  arrival: 'checkout/1',
  attempt: 'boot-1',
  key: 'run-checkout-1',
  ...overrides,
});
const anError: Failpoint = { type: 'httpError', status: 502, probability: 1, ttlMs: 5_000, seed: 42 };
const aDelay: Failpoint = { type: 'httpDelay', delayMs: 400, probability: 1, ttlMs: 5_000, seed: 42 };

function someFailpoints() {
  vi.useFakeTimers();
  const recorder = aRecorder();
  return { failpoints: createFailpoints({ emit: recorder.emit }), recorder };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('failpoints', () => {
  it('answers an error and tells that it did', async () => {
    const { failpoints, recorder } = someFailpoints();
    failpoints.set('outage/0', anError);
    expect(await failpoints.check(aVisit())).toMatchObject({ status: 502, code: 'injected-fault' });
    expect(recorder.events).toEqual([
      {
        type: 'fault.observed',
        fault: 'outage/0',
        operation: 'POST /charges',
        attempt: 'boot-1',
        key: 'run-checkout-1',
      },
    ]);
  });

  it('hits only its route', async () => {
    const { failpoints, recorder } = someFailpoints();
    failpoints.set('outage/0', { ...anError, route: 'GET /charges/:key' });
    expect(await failpoints.check(aVisit())).toBeUndefined();
    expect(recorder.events).toEqual([]);
  });

  it('delays, and then lets the request through', async () => {
    const { failpoints } = someFailpoints();
    failpoints.set('slow/0', aDelay);
    let isDone = false;
    const checked = failpoints.check(aVisit()).then((problem) => {
      isDone = true;
      return problem;
    });
    await vi.advanceTimersByTimeAsync(399);
    expect(isDone).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await checked).toBeUndefined();
  });

  it('releases who waits as soon as it is removed', async () => {
    const { failpoints } = someFailpoints();
    failpoints.set('slow/0', { ...aDelay, delayMs: 60_000 });
    const checked = failpoints.check(aVisit());
    failpoints.remove('slow/0');
    expect(await checked).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not apply a failpoint that was removed while an earlier one delayed', async () => {
    const { failpoints, recorder } = someFailpoints();
    failpoints.set('slow/0', aDelay);
    failpoints.set('outage/0', anError);
    const checked = failpoints.check(aVisit());
    failpoints.remove('outage/0');
    await vi.advanceTimersByTimeAsync(400);
    expect(await checked).toBeUndefined();
    expect(recorder.of('fault.observed').map(({ fault }) => fault)).toEqual(['slow/0']);
  });

  it('forgets itself, and who it held, after its time to live', async () => {
    const { failpoints } = someFailpoints();
    failpoints.set('slow/0', { ...aDelay, delayMs: 60_000 });
    const checked = failpoints.check(aVisit());
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await checked).toBeUndefined();
    expect(failpoints.isEmpty()).toBe(true);
  });

  it('starts a new time to live when it is set again', async () => {
    const { failpoints } = someFailpoints();
    failpoints.set('outage/0', anError);
    await vi.advanceTimersByTimeAsync(4_000);
    failpoints.set('outage/0', anError);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(failpoints.list()).toEqual([{ id: 'outage/0', ...anError, hits: 0 }]);
  });

  it('decides the same for the same arrival, and hits its share of them', async () => {
    const { failpoints } = someFailpoints();
    const { failpoints: others } = someFailpoints();
    for (const each of [failpoints, others]) each.set('luck/0', { ...anError, probability: 0.3 });
    let hits = 0;
    for (let index = 0; index < 2_000; index += 1) {
      const visit = aVisit({ arrival: `checkout/${index}` });
      const problem = await failpoints.check(visit);
      // The attempt's id differs between runs and must not matter.
      expect(await others.check({ ...visit, attempt: 'another-boot-9' })).toEqual(problem);
      if (problem !== undefined) hits += 1;
    }
    expect(hits).toBeGreaterThan(540);
    expect(hits).toBeLessThan(660);
  });

  it('decides differently for another seed or another fault', async () => {
    const { failpoints } = someFailpoints();
    const decisions = async (id: string, seed: number): Promise<string> => {
      failpoints.set(id, { ...anError, probability: 0.5, seed });
      const hits: string[] = [];
      for (let index = 0; index < 64; index += 1) {
        hits.push((await failpoints.check(aVisit({ arrival: `checkout/${index}` }))) === undefined ? '.' : 'x');
      }
      failpoints.remove(id);
      return hits.join('');
    };
    const all = [await decisions('a/0', 1), await decisions('a/0', 2), await decisions('a/1', 1)];
    expect(new Set(all).size).toBe(3);
  });

  const countedHits = async (failpoint: Failpoint, visits: number) => {
    const { failpoints } = someFailpoints();
    failpoints.set('outage/0', failpoint);
    const hits: number[] = [];
    for (let visit = 1; visit <= visits; visit += 1) {
      if ((await failpoints.check(aVisit({ arrival: `checkout/${visit}` }))) !== undefined) hits.push(visit);
    }
    return { hits, failpoints };
  };

  it('lets the first ones pass, hits as many as it may, then none', async () => {
    expect((await countedHits({ ...anError, skipFirst: 2, failCount: 3 }, 8)).hits).toEqual([3, 4, 5]);
    expect((await countedHits({ ...anError, skipFirst: 2 }, 5)).hits).toEqual([3, 4, 5]);
    expect((await countedHits({ ...anError, failCount: 2 }, 5)).hits).toEqual([1, 2]);
    expect((await countedHits({ ...anError, skipFirst: 0, failCount: 1 }, 3)).hits).toEqual([1]);
  });

  it('counts only the requests that route and probability decide for', async () => {
    const luck = { ...anError, probability: 0.4 };
    const { hits: decided } = await countedHits(luck, 40);
    const { hits } = await countedHits({ ...luck, skipFirst: 2, failCount: 3 }, 40);
    expect(hits).toHaveLength(3);
    expect(hits).toEqual(decided.slice(2, 5));

    const { failpoints } = someFailpoints();
    failpoints.set('outage/0', { ...anError, route: 'POST /charges', skipFirst: 1 });
    expect(await failpoints.check(aVisit({ operation: 'GET /charges/:key' }))).toBeUndefined();
    expect(await failpoints.check(aVisit())).toBeUndefined();
    expect(await failpoints.check(aVisit())).toMatchObject({ status: 502 });
  });

  it('says how often it has hit, and counts anew when it is set again', async () => {
    const limited = { ...anError, skipFirst: 1, failCount: 1 };
    const { hits, failpoints } = await countedHits(limited, 4);
    expect(hits).toEqual([2]);
    expect(failpoints.list()).toEqual([{ id: 'outage/0', ...limited, hits: 1 }]);
    failpoints.set('outage/0', limited);
    expect(failpoints.list()).toMatchObject([{ hits: 0 }]);
    expect(await failpoints.check(aVisit())).toBeUndefined();
    expect(await failpoints.check(aVisit())).toMatchObject({ status: 502 });
  });

  it('counts each failpoint on its own', async () => {
    const { failpoints } = someFailpoints();
    failpoints.set('first/0', { ...anError, failCount: 1 });
    failpoints.set('second/0', { ...anError, status: 503, skipFirst: 1 });
    const statuses = [];
    // The first one answers for the first request, which the second one therefore never meets.
    for (let visit = 1; visit <= 3; visit += 1) statuses.push((await failpoints.check(aVisit()))?.status ?? 'passed');
    expect(statuses).toEqual([502, 'passed', 503]);
  });

  it('never hits at probability 0', async () => {
    const { failpoints } = someFailpoints();
    failpoints.set('luck/0', { ...anError, probability: 0 });
    for (let index = 0; index < 200; index += 1) {
      expect(await failpoints.check(aVisit({ arrival: `checkout/${index}` }))).toBeUndefined();
    }
  });
});
