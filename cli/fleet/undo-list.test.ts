import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Undo } from './undo.ts';
import { createUndoList, type UndoEntry } from './undo-list.ts';

const anEntry = (key: string, overrides: Partial<UndoEntry> = {}): UndoEntry => ({
  key,
  owner: 1,
  undo: { kind: 'enable', link: key },
  ttlMs: null,
  ...overrides,
});

function aList(carryOut: (undo: Undo) => Promise<void> = async () => {}) {
  const done: string[] = [];
  const failures: string[] = [];
  const told: string[] = [];
  const list = createUndoList({
    carryOut: async (undo) => {
      await carryOut(undo);
      if (undo.kind === 'enable') done.push(undo.link);
    },
    onUndone: ({ key }) => told.push(key),
    onFailure: (key) => failures.push(key),
  });
  return { list, done, failures, told };
}

describe('the undo list', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('carries an entry out once, whoever asks first', async () => {
    const { list, done } = aList();
    list.add(anEntry('a', { ttlMs: 1_000 }));
    await list.run('a');
    await list.run('a');
    await vi.advanceTimersByTimeAsync(2_000);
    await list.runAll();
    expect(done).toEqual(['a']);
  });

  it('carries an entry out by itself when its time is over', async () => {
    const { list, done } = aList();
    list.add(anEntry('a', { ttlMs: 1_000 }));
    await vi.advanceTimersByTimeAsync(999);
    expect(done).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(done).toEqual(['a']);
  });

  it('undoes the last one first, of one owner only', async () => {
    const { list, done } = aList();
    list.add(anEntry('a'));
    list.add(anEntry('b', { owner: 2 }));
    list.add(anEntry('c'));
    await list.runAll(({ owner }) => owner === 1);
    expect(done).toEqual(['c', 'a']);
    await list.runAll();
    expect(done).toEqual(['c', 'a', 'b']);
  });

  it('keeps what could not be undone, tells it, and goes on with the others', async () => {
    let isBroken = true;
    const { list, done, failures } = aList(async (undo) => {
      if (isBroken && undo.kind === 'enable' && undo.link === 'b') throw new Error('no answer');
    });
    for (const key of ['a', 'b', 'c']) list.add(anEntry(key));
    await list.runAll();
    expect({ done, failures }).toEqual({ done: ['c', 'a'], failures: ['b'] });
    expect(await list.runAll()).toEqual(['b']);
    isBroken = false;
    // By itself: its owner may be gone.
    await vi.advanceTimersByTimeAsync(1_000);
    expect(done).toEqual(['c', 'a', 'b']);
  });

  it('leaves what is nobody’s until its time is over', async () => {
    const { list, done, told } = aList();
    list.add(anEntry('hand', { owner: null, ttlMs: 60_000 }));
    list.add(anEntry('a'));
    await list.runAll(({ owner }) => owner === 1);
    expect(done).toEqual(['a']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual(['a', 'hand']);
  });

  it('says what is in it, and for how long it has been', async () => {
    const { list } = aList();
    const fault = { fault: 'hand/1', kind: 'down', target: 'order->user', dose: 'down' };
    list.add(anEntry('hand/1', { owner: null, ttlMs: 60_000, fault }));
    await vi.advanceTimersByTimeAsync(1_500);
    list.add(anEntry('a'));
    expect(list.list()).toMatchObject([
      { key: 'hand/1', owner: null, ttlMs: 60_000, fault, ageMs: 1_500 },
      { key: 'a', owner: 1, ageMs: 0 },
    ]);
  });

  it('tells once what two have asked for at once', async () => {
    const { list, told } = aList();
    list.add(anEntry('a'));
    await Promise.all([list.run('a'), list.run('a')]);
    expect(told).toEqual(['a']);
  });

  it('says with each undo what else stays, which of two at once only the first is told', async () => {
    const others: string[][] = [];
    const list = createUndoList({
      carryOut: async (_, rest) =>
        void others.push(rest.flatMap((undo) => (undo.kind === 'enable' ? [undo.link] : []))),
      onUndone: () => {},
      onFailure: () => {},
    });
    for (const key of ['a', 'b', 'c']) list.add(anEntry(key));
    await Promise.all([list.run('a'), list.run('b')]);
    await list.run('c');
    expect(others).toEqual([['b', 'c'], ['c'], []]);
  });

  it('throws to the one who asked', async () => {
    const { list } = aList(async () => {
      throw new Error('no answer');
    });
    list.add(anEntry('a'));
    await expect(list.run('a')).rejects.toThrow('no answer');
  });
});
