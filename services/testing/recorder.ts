// The event sink of a test: what was emitted, in order, without stamps.
import type { ServiceEvent, Unstamped } from '../contract/events.ts';
import type { Emit } from '../shared/events.ts';

export interface Recorder {
  readonly emit: Emit;
  readonly events: readonly Unstamped<ServiceEvent>[];
  readonly of: <T extends ServiceEvent['type']>(type: T) => readonly Extract<Unstamped<ServiceEvent>, { type: T }>[];
}

export function aRecorder(): Recorder {
  const events: Unstamped<ServiceEvent>[] = [];
  const isOf =
    <T extends ServiceEvent['type']>(type: T) =>
    (event: Unstamped<ServiceEvent>): event is Extract<Unstamped<ServiceEvent>, { type: T }> =>
      event.type === type;
  return {
    emit: (event) => {
      events.push(event);
    },
    events,
    of: (type) => events.filter(isOf(type)),
  };
}
