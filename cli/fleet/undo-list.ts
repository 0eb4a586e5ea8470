// The keeper's undo list: what is broken now, by whom, and until when. Must not know how an undo is done.
import type { Undo } from './undo.ts';

export interface UndoListOptions {
  readonly carryOut: (undo: Undo) => Promise<void>;
  readonly onFailure: (key: string, error: unknown) => void;
}

export interface UndoEntry {
  readonly key: string;
  readonly owner: number;
  readonly undo: Undo;
  /** null: until its owner leaves. */
  readonly ttlMs: number | null;
}

export interface UndoList {
  add(entry: UndoEntry): void;
  /** Carries one out now; a key that is not there is undone already. Throws what the undoing threw, and keeps the entry. */
  run(key: string): Promise<void>;
  /** Everything of one owner, or of all; failures are reported and tried again. Answers with the keys that are still broken. */
  runAll(owner?: number): Promise<readonly string[]>;
}

const retryMs = 1_000;

export function createUndoList({ carryOut, onFailure }: UndoListOptions): UndoList {
  const entries = new Map<string, UndoEntry & { readonly timer: NodeJS.Timeout | undefined }>();

  async function run(key: string): Promise<void> {
    const entry = entries.get(key);
    if (entry === undefined) return;
    await carryOut(entry.undo);
    clearTimeout(entry.timer);
    entries.delete(key);
  }
  /** What could not be undone is tried again until it is: its owner may be gone, and nobody else will. */
  const runReporting = (key: string): Promise<void> =>
    run(key).catch((error: unknown) => {
      onFailure(key, error);
      const entry = entries.get(key);
      if (entry === undefined) return;
      clearTimeout(entry.timer);
      entries.set(key, { ...entry, timer: setTimeout(() => void runReporting(key), retryMs).unref() });
    });

  return {
    run,
    add: (entry) => {
      clearTimeout(entries.get(entry.key)?.timer);
      const timer = entry.ttlMs === null ? undefined : setTimeout(() => void runReporting(entry.key), entry.ttlMs);
      entries.set(entry.key, { ...entry, timer });
    },
    // Last set, first undone.
    runAll: async (owner) => {
      const keys = [...entries.values()]
        .filter((entry) => owner === undefined || entry.owner === owner)
        .map(({ key }) => key);
      for (const key of keys.reverse()) await runReporting(key);
      return keys.filter((key) => entries.has(key));
    },
  };
}
