// A fleet on which no run is on, as an event feed in memory: its services' own streams, under a head that a run would have.
import type { RunEvent } from '../../services/contract/events.ts';
import { serviceNames } from '../../services/fleet.ts';
import type { EventFeed } from '../dashboard/ports.ts';
import { messageOf } from '../errors.ts';
import { systemClock } from '../runner/clock.ts';
import { type Observer, observe } from '../runner/observe.ts';
import { createRecorder } from '../runner/recorder.ts';
import type { RunOptions } from '../runner/run.ts';
import type { Admin } from './admin.ts';
import { eventSource } from './event-source.ts';

export interface WatchFeedOptions {
  readonly admin: Admin;
  readonly header: RunOptions['header'];
  /** Resolves with a sentence when the fleet is gone. */
  readonly lost: Promise<string>;
}

/** May be listened to once. */
export function watchFleet({ admin, header, lost }: WatchFeedOptions): EventFeed {
  const { promise: ended, resolve: end } = Promise.withResolvers<string | null>();
  void lost.then(end);
  return {
    ended,
    subscribe: (listener) => {
      let observers: readonly Observer[] = [];
      let hasLeft = false;
      const recorder = createRecorder(systemClock, (event: RunEvent) => {
        if (!hasLeft) listener([event]);
      });
      recorder.emit({ type: 'run.started', ...header, monotonicStart: recorder.startedAt, plan: [] });
      const sources = serviceNames.map((service) => eventSource(service, admin));
      Promise.all(sources.map((source) => observe({ source, recorder, clock: systemClock }))).then(
        (opened) => {
          observers = opened;
          if (hasLeft) stopAll(opened);
        },
        (error: unknown) => end(messageOf(error)),
      );
      return () => {
        hasLeft = true;
        stopAll(observers);
      };
    },
  };
}

// --- internal ---

/** A service that is gone has no stream to stop. */
const stopAll = (observers: readonly Observer[]): void => {
  for (const observer of observers) void observer.stop().catch(() => {});
};
