// The keeper's undo list: what is broken now, by whom, and until when. Must not know how an undo is done.
import type { FaultWords } from './standing-fault.ts';
import type { Undo } from './undo.ts';

export interface UndoListOptions {
  /** `others`: what stays in the list, and is not being undone either. */
  readonly carryOut: (undo: Undo, others: readonly Undo[]) => Promise<void>;
  readonly onUndone: (entry: UndoEntry) => void;
  readonly onFailure: (key: string, error: unknown) => void;
}

export interface UndoEntry {
  readonly key: string;
  /** null: no client's; it stays when its client leaves. */
  readonly owner: number | null;
  readonly undo: Undo;
  /** null: until its owner leaves. */
  readonly ttlMs: number | null;
  /** What it undoes, where that is a fault. */
  readonly fault?: FaultWords | undefined;
}

export interface StandingEntry extends UndoEntry {
  readonly ageMs: number;
  /** Its undo is being carried out. */
  readonly isEnding: boolean;
}

export interface UndoList {
  add(entry: UndoEntry): void;
  /** In the order they were added. */
  list(): readonly StandingEntry[];
  /** Carries one out now; a key that is not there is undone already. Throws what the undoing threw, and keeps the entry. */
  run(key: string): Promise<void>;
  /** All of these, or everything; failures are reported and tried again. Answers with the keys that are still broken. */
  runAll(which?: (entry: UndoEntry) => boolean): Promise<readonly string[]>;
}

interface Held {
  readonly entry: UndoEntry;
  readonly addedAt: number;
  timer: NodeJS.Timeout | undefined;
  isEnding: boolean;
}

const retryMs = 1_000;

export function createUndoList({ carryOut, onUndone, onFailure }: UndoListOptions): UndoList {
  const entries = new Map<string, Held>();

  async function run(key: string): Promise<void> {
    const held = entries.get(key);
    if (held === undefined) return;
    held.isEnding = true;
    const others = [...entries.values()].filter(({ isEnding }) => !isEnding).map(({ entry }) => entry.undo);
    try {
      await carryOut(held.entry.undo, others);
    } catch (error) {
      held.isEnding = false;
      throw error;
    }
    clearTimeout(held.timer);
    // Two may have asked at once.
    if (entries.get(key) !== held) return;
    entries.delete(key);
    onUndone(held.entry);
  }
  /** What could not be undone is tried again until it is: its owner may be gone, and nobody else will. */
  const runReporting = (key: string): Promise<void> =>
    run(key).catch((error: unknown) => {
      onFailure(key, error);
      const held = entries.get(key);
      if (held === undefined) return;
      clearTimeout(held.timer);
      held.timer = setTimeout(() => void runReporting(key), retryMs).unref();
    });

  return {
    run,
    list: () =>
      [...entries.values()].map(({ entry, addedAt, isEnding }) => {
        return { ...entry, isEnding, ageMs: performance.now() - addedAt };
      }),
    add: (entry) => {
      clearTimeout(entries.get(entry.key)?.timer);
      const timer = entry.ttlMs === null ? undefined : setTimeout(() => void runReporting(entry.key), entry.ttlMs);
      entries.set(entry.key, { entry, addedAt: performance.now(), timer, isEnding: false });
    },
    // Last set, first undone.
    runAll: async (which = () => true) => {
      const keys = [...entries.values()].filter(({ entry }) => which(entry)).map(({ entry }) => entry.key);
      for (const key of keys.reverse()) await runReporting(key);
      return keys.filter((key) => entries.has(key));
    },
  };
}
