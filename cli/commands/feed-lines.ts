// An event feed in lines, where no screen is to be had: what happens, and every ten seconds how it goes.
import type { EventOf } from '../../services/contract/events.ts';
import type { EventFeed } from '../dashboard/ports.ts';
import { lineOf } from '../report/line.ts';
import type { Paint } from '../report/paint.ts';
import { moment } from '../verdict/figures.ts';

export interface FeedLines {
  readonly feed: EventFeed;
  readonly say: (line: string) => void;
  readonly paint: Paint;
  readonly signal: AbortSignal;
  /** Default 10 s. */
  readonly heartbeatMs?: number;
}

/** Resolves with the feed's reason when it has ended, or with null when `signal` aborts. */
export async function tellFeed({ feed, say, paint, signal, heartbeatMs = 10_000 }: FeedLines): Promise<string | null> {
  let seen = noRequests;
  const leave = feed.subscribe((events) => {
    for (const event of events) {
      const line = lineOf(event, paint);
      if (line !== null) say(line);
      if (event.type === 'request') seen = counted(seen, event);
    }
  });
  const heartbeat = setInterval(() => {
    say(paint.dim(heartbeatOf(seen, heartbeatMs)));
    seen = { ...noRequests, at: seen.at };
  }, heartbeatMs);
  const aborted = Promise.withResolvers<null>();
  const abort = (): void => aborted.resolve(null);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([feed.ended, aborted.promise]);
  } finally {
    clearInterval(heartbeat);
    signal.removeEventListener('abort', abort);
    leave();
  }
}

// --- internal ---

interface Requests {
  readonly at: number;
  readonly count: number;
  readonly good: number;
}
const noRequests: Requests = { at: 0, count: 0, good: 0 };

const counted = ({ at, count, good }: Requests, { doneAt, outcome }: EventOf<'request'>): Requests => ({
  at: Math.max(at, doneAt),
  count: count + 1,
  good: good + (outcome === 'success' ? 1 : 0),
});

const heartbeatOf = ({ at, count, good }: Requests, overMs: number): string => {
  const rate = `${(count / (overMs / 1_000)).toFixed(1)}/s`;
  const share = count === 0 ? '' : `, ${((good / count) * 100).toFixed(0)} % of them succeeded`;
  return `${moment(at).padStart(9)}  ${rate} orders${share}`;
};
