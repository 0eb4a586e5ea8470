// A journal that is being written → an event feed: what is there at once, then what is appended, within a few ms of it.
import { closeSync, type FSWatcher, openSync, readSync, watch } from 'node:fs';
import type { RunEvent } from '../../services/contract/events.ts';
import type { EventFeed } from '../dashboard/ports.ts';
import { bounds } from '../dashboard/standings.ts';
import { messageOf, systemCodeOf } from '../errors.ts';
import { eventLines } from './event-lines.ts';

export interface FollowOptions {
  readonly path: string;
  /** Resolves when nobody writes any more, with the reason where that is no normal end. */
  readonly written: Promise<string | null>;
}

/** Read at a time; what is there already comes in batches of this size, so that a long journal holds nobody up. */
const chunkBytes = 1 << 18;
/** Where a folder tells nothing of its changes (some network file systems), and until the file is there. */
const lookEveryMs = 100;
/** The dashboard shows neither, and arrivals are a third of all lines; it judges what is going on as long as it can keep all. */
const skipping = { types: ['arrival', 'fault.observed'], after: bounds.whole };

/** May be followed once. */
export function followJournal({ path, written }: FollowOptions): EventFeed {
  const { promise: ended, resolve: end } = Promise.withResolvers<string | null>();
  return {
    ended,
    subscribe: (listener) => {
      const follower = follow(path, listener, end);
      void written.then((reason) => {
        follower.read();
        end(reason);
        follower.stop();
      });
      return follower.stop;
    },
  };
}

// --- internal ---

interface Follower {
  /** Everything that is there now. */
  read(): void;
  stop(): void;
}

function follow(
  path: string,
  listener: (events: readonly RunEvent[]) => void,
  end: (reason: string | null) => void,
): Follower {
  const lines = eventLines(skipping);
  const buffer = Buffer.allocUnsafe(chunkBytes);
  let file: number | null = null;
  let watcher: FSWatcher | null = null;
  let offset = 0;
  let isStopped = false;

  function open(): boolean {
    try {
      file ??= openSync(path, 'r');
      // The timer below looks all the same where a watch cannot be had.
      watcher ??= watch(path, look).on('error', () => {});
      return true;
    } catch (error) {
      if (systemCodeOf(error) !== 'ENOENT') fail(error);
      return file !== null;
    }
  }

  /** False: there was nothing. */
  function readChunk(): boolean {
    if (file === null) return false;
    const size = readSync(file, buffer, 0, chunkBytes, offset);
    offset += size;
    const events = lines.push(buffer.subarray(0, size));
    if (events.length > 0) listener(events);
    if (events.some(({ type }) => type === 'run.ended')) end(null);
    return size === chunkBytes;
  }

  function look(): void {
    if (isStopped || !open()) return;
    try {
      // The rest in a later turn: keys and frames come between.
      if (readChunk()) setImmediate(look);
    } catch (error) {
      fail(error);
    }
  }

  function fail(error: unknown): void {
    end(`the journal cannot be read: ${messageOf(error)}`);
    stop();
  }

  function stop(): void {
    if (isStopped) return;
    isStopped = true;
    clearInterval(timer);
    watcher?.close();
    if (file !== null) closeSync(file);
    file = null;
  }

  const timer = setInterval(look, lookEveryMs);
  look();
  return {
    read: () => {
      if (isStopped || !open()) return;
      while (readChunk());
    },
    stop,
  };
}
