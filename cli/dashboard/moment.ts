// What the screen is given to draw at each tick, whether the run is on, is looked back at, or is played again.
import type { Standings } from './standing-line.ts';
import type { View } from './view.ts';

export interface Moment {
  readonly view: View;
  readonly standings: Standings;
  /** The latest moment that there is. */
  readonly until: number;
  readonly mode: 'live' | 'frozen' | 'past' | 'over' | 'playing' | 'paused';
  /** Of a replay; 1 elsewhere. */
  readonly speed: number;
  /** Why no more events come, where that is no normal end. */
  readonly lost: string | null;
}

/** How a person moves through the run. None of it touches the run itself. */
export interface Transport {
  readonly kind: 'live' | 'replay';
  readonly tick: () => Moment;
  /** Freezes the view, or stops and goes on with a replay. */
  readonly toggle: () => void;
  readonly move: (ms: number) => void;
  readonly toStart: () => void;
  readonly toEnd: () => void;
  /** Replay only: 2 is twice as fast as now. */
  readonly faster: (factor: number) => void;
  readonly close: () => void;
}
