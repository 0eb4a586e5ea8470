// Faults set and breakers forced by hand, in the keeper: no connection owns them, so that they outlive the command that set
// them. They end by their TTL, by `fault clear`, by `reset`, with the run that is on, or with the fleet.
import type { ForcedState } from '../../services/contract/admin.ts';
import { links as fleetLinks, type LinkId } from '../../services/fleet.ts';
import { faultSchema } from '../scenario/fault.ts';
import type { Admin } from './admin.ts';
import type { ControlPush } from './control-protocol.ts';
import { type Breakage, breakFleet, undoOf, wordsOf } from './fleet-faults.ts';
import type { FaultWords, StandingFault } from './standing-fault.ts';
import type { Undo } from './undo.ts';
import type { UndoEntry, UndoList } from './undo-list.ts';

export type HandChange = Extract<ControlPush, { push: 'hand' }>['hand'];

export interface ByHandOptions extends Pick<Breakage, 'links'> {
  readonly admin: Pick<Admin, 'setFailpoint' | 'forceBreaker'>;
  readonly undoList: UndoList;
  /** Called before anything is set: what it does must never seem to come before it. */
  readonly tell: (change: HandChange) => void;
}

export interface ByHand {
  /** `raw`: as written in a scenario. Throws what the setting threw, after undoing it. */
  add(raw: unknown, ttlMs: number): Promise<StandingFault>;
  clear(fault: string): Promise<void>;
  force(link: LinkId, to: ForcedState, ttlMs: number): Promise<void>;
}

/** Requests made by hand belong to no plan: any seed decides about them as well as any other. */
const seed = 1;

export function createByHand({ undoList, tell, links, admin }: ByHandOptions): ByHand {
  let last = 0;

  async function set({ words, change, undo, ttlMs, act }: Setting): Promise<void> {
    const key = words.fault;
    const entry = { key, owner: null, undo, ttlMs };
    undoList.add({ ...entry, fault: words });
    tell(change);
    try {
      await act();
    } catch (error) {
      // What cannot be undone either stays in the list, and is tried again when its time is over.
      await undoList.run(key).catch(() => {});
      throw error;
    }
    // An undo that began before it was set may have found nothing to undo.
    const standing = undoList.list().find((each) => each.key === key);
    if (standing === undefined || standing.isEnding) {
      undoList.add(standing ?? entry);
      await undoList.run(key);
    }
  }

  return {
    add: async (raw, ttlMs) => {
      const spec = faultSchema.parse(raw);
      last += 1;
      const fault = `hand/${last}`;
      const words = wordsOf(fault, spec);
      await set({
        words,
        change: { change: 'set', ...words, ttlMs },
        undo: undoOf(fault, spec),
        ttlMs,
        act: () => breakFleet({ fault, spec, ttlMs, seed, links, admin }),
      });
      return { ...words, by: 'hand', run: null, ageMs: 0, leftMs: ttlMs };
    },
    clear: async (fault) => {
      if (undoList.list().some(({ key, owner }) => key === fault && owner === null)) await undoList.run(fault);
    },
    force: async (link, to, ttlMs) => {
      const service = callerOf(link);
      const words = { fault: forcingOf(link), kind: 'breaker', target: link, dose: `forced ${to}` };
      const act = () => admin.forceBreaker(service, link, to);
      if (to !== 'auto') {
        const undo = { kind: 'breaker', service, link } as const;
        return set({ words, change: { change: 'breaker', link, to }, undo, ttlMs, act });
      }
      // Also of a breaker that opened by itself: closed at first.
      await act();
      if (undoList.list().some(({ key }) => key === words.fault)) await undoList.run(words.fault);
      else tell({ change: 'breaker', link, to });
    },
  };
}

/** What a hand undid, in the words of what it does. */
export function undoneByHand({ owner, undo, fault }: UndoEntry): HandChange | null {
  if (owner !== null || fault === undefined) return null;
  return undo.kind === 'breaker'
    ? { change: 'breaker', link: undo.link, to: 'auto' }
    : { change: 'cleared', fault: fault.fault };
}

// --- internal ---

interface Setting {
  readonly words: FaultWords;
  readonly change: HandChange;
  readonly undo: Undo;
  readonly ttlMs: number;
  /** Does what `undo` undoes. */
  readonly act: () => Promise<void>;
}

/** One at a time for each link. A shell takes the `>` of a link for a redirection. */
const forcingOf = (link: LinkId): string => `breaker/${link.replace('->', ':')}`;

function callerOf(link: LinkId) {
  const found = fleetLinks.find(({ id }) => id === link);
  if (found === undefined) throw new RangeError(`no link ${link}`);
  return found.caller;
}
