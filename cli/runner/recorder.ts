// The run's one stream of events: stamps what the runner says, passes on what services said, hands all to the listeners.
import { eventVersion, type RunEvent, type Unstamped } from '../../services/contract/events.ts';
import type { Clock } from './clock.ts';

export interface Recorder {
  /** ms since the run's start. */
  now(): number;
  /** CLOCK_MONOTONIC ms of the run's start. */
  readonly startedAt: number;
  /** Stamps an event of the runner's own. */
  emit(event: Unstamped<RunEvent>): void;
  /** Passes on an event that is stamped already, on the run's clock. */
  record(event: RunEvent): void;
}

export function createRecorder(clock: Clock, listener: (event: RunEvent) => void): Recorder {
  const startedAt = clock.now();
  let seq = 0;
  const now = (): number => clock.now() - startedAt;
  return {
    now,
    startedAt,
    record: listener,
    emit: (event) => {
      seq += 1;
      listener({ v: eventVersion, at: now(), src: 'runner', seq, ...event });
    },
  };
}
