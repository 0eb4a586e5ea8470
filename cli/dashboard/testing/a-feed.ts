// A feed that tells what a test gives it, and a clock that stands until it is moved.
import type { RunEvent } from '../../../services/contract/events.ts';
import type { EventFeed } from '../ports.ts';

export interface TestFeed extends EventFeed {
  readonly tell: (events: readonly RunEvent[]) => void;
  readonly end: (reason: string | null) => void;
  readonly isFollowed: () => boolean;
}

export function aFeed(): TestFeed {
  const { promise: ended, resolve: end } = Promise.withResolvers<string | null>();
  const listeners = new Set<(events: readonly RunEvent[]) => void>();
  return {
    ended,
    end,
    tell: (events) => {
      for (const listener of listeners) listener(events);
    },
    isFollowed: () => listeners.size > 0,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
