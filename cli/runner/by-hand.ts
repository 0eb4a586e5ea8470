// What a hand does to the fleet while a run is on, as the run's record tells it. A reset ends the run: its faults are gone.
import type { ByHand, Watch } from './ports.ts';
import type { Recorder } from './recorder.ts';

export interface ByHandOptions {
  readonly watch: Pick<Watch, 'onHand'>;
  readonly recorder: Pick<Recorder, 'emit'>;
  readonly stop: (why: { readonly reason: 'interrupted'; readonly detail: string }) => void;
  /** Aborted once the plan has been walked: what is done then changes nothing of what was seen. */
  readonly over: AbortSignal;
}

export function recordByHand({ watch, recorder, stop, over }: ByHandOptions): void {
  watch.onHand((hand) => {
    if (!over.aborted) record(hand, recorder, stop);
  });
}

function record(hand: ByHand, recorder: ByHandOptions['recorder'], stop: ByHandOptions['stop']): void {
  switch (hand.change) {
    case 'set': {
      const { change: _, ...fault } = hand;
      recorder.emit({ type: 'fault.set', ...fault, by: 'hand' });
      break;
    }
    case 'cleared':
      recorder.emit({ type: 'fault.cleared', fault: hand.fault, reason: 'hand' });
      break;
    case 'breaker': {
      const detail = hand.to === 'auto' ? 'auto' : `forced ${hand.to}`;
      recorder.emit({ type: 'hand', action: 'breaker', target: hand.link, detail });
      break;
    }
    case 'reset':
      stop({ reason: 'interrupted', detail: 'the fleet was reset by hand' });
      break;
    default:
      hand satisfies never;
  }
}
