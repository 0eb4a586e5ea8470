// What brings the parts of a fleet up, breaks them and ends them, seen by the keeper. A part is a service, `db` or
// `toxiproxy`. Two drivers implement it: processes, and containers of a Docker engine.
import type { LinkPlan } from './links.ts';
import type { ProcessRef } from './pid.ts';

export interface PartExit {
  readonly part: string;
  readonly code: number | null;
  readonly signal: string | null;
  /** The end of its log. */
  readonly tail: readonly string[];
}

export interface DriverEvents {
  /** Every part is there, ready or not. */
  readonly onSpawned: () => void;
  /** What a start is busy with that takes long: an image that is built. */
  readonly onProgress: (text: string) => void;
  readonly onReady: (part: string) => void;
  /** A part ended that nobody told to: not by `end`, `kill` or `restart`. */
  readonly onExit: (exit: PartExit) => void;
}

/** Faults that a driver can set in a part. */
export interface ProcessFaults {
  /** As kill -9: it has no time to say goodbye. */
  kill(part: string): Promise<void>;
  /** It keeps its sockets, and answers nothing. */
  pause(part: string): Promise<void>;
  unpause(part: string): Promise<void>;
  /** Ends it, if it has not ended, and starts it again; resolves when it is ready. */
  restart(part: string): Promise<void>;
}

export interface FleetDriver extends ProcessFaults {
  /** Those of its parts that are processes of this machine's own. */
  refs(): Readonly<Record<string, ProcessRef>>;
  /** The proxies of the links, as they are when nobody has touched them. */
  readonly plans: readonly LinkPlan[];
  /** Resolves when all are ready; throws as soon as one has died. */
  start(): Promise<void>;
  /** Ends those that there are by now. */
  end(): Promise<void>;
  /** After the end: nothing of the fleet stays anywhere. */
  dispose(): Promise<void>;
}
