// Faults set by hand, in the keeper: no connection owns them, so that they outlive the command that set them. They end by
// their TTL, by `fault clear`, by `reset`, or with the fleet.
import { type Fault, faultSchema } from '../scenario/fault.ts';
import { type Breakage, breakFleet, undoOf, wordsOf } from './fleet-faults.ts';
import type { FaultWords, StandingFault } from './standing-fault.ts';
import type { UndoList } from './undo-list.ts';

export interface ByHandOptions extends Pick<Breakage, 'links' | 'admin'> {
  readonly undoList: UndoList;
  /** Called before the fault is set: what it does must never seem to come before it. */
  readonly onSet: (words: FaultWords, ttlMs: number) => void;
}

export interface ByHand {
  /** `raw`: as written in a scenario. Throws what the setting threw, after undoing it. */
  add(raw: unknown, ttlMs: number): Promise<StandingFault>;
  clear(fault: string): Promise<void>;
}

/** Requests made by hand belong to no plan: any seed decides about them as well as any other. */
const seed = 1;

export function createByHand({ undoList, onSet, links, admin }: ByHandOptions): ByHand {
  let last = 0;

  async function set(fault: string, spec: Fault, ttlMs: number): Promise<void> {
    const entry = { key: fault, owner: null, undo: undoOf(fault, spec), ttlMs };
    const words = wordsOf(fault, spec);
    undoList.add({ ...entry, fault: words });
    onSet(words, ttlMs);
    try {
      await breakFleet({ fault, spec, ttlMs, seed, links, admin });
    } catch (error) {
      // What cannot be undone either stays in the list, and is tried again when its time is over.
      await undoList.run(fault).catch(() => {});
      throw error;
    }
    // An undo that began before the fault was set may have found nothing to undo.
    const standing = undoList.list().find(({ key }) => key === fault);
    if (standing === undefined || standing.isEnding) {
      undoList.add(standing ?? entry);
      await undoList.run(fault);
    }
  }

  return {
    add: async (raw, ttlMs) => {
      const spec = faultSchema.parse(raw);
      last += 1;
      const fault = `hand/${last}`;
      await set(fault, spec, ttlMs);
      return { ...wordsOf(fault, spec), by: 'hand', run: null, ageMs: 0, leftMs: ttlMs };
    },
    clear: async (fault) => {
      if (undoList.list().some(({ key, owner }) => key === fault && owner === null)) await undoList.run(fault);
    },
  };
}
