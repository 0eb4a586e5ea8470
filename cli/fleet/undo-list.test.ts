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
  const list = createUndoList({
    carryOut: async (undo) => {
      await carryOut(undo);
      if (undo.kind === 'enable') done.push(undo.link);
    },
    onFailure: (key) => failures.push(key),
  });
  return { list, done, failures };
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
    await list.runAll(1);
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

  it('throws to the one who asked', async () => {
    const { list } = aList(async () => {
      throw new Error('no answer');
    });
    list.add(anEntry('a'));
    await expect(list.run('a')).rejects.toThrow('no answer');
  });
});
