// Puts the events of several sources into one order: by `at`, but never against the order of a source's own `seq`.

interface Stamped {
  readonly at: number;
  readonly src: string;
  readonly seq: number;
}

/** Of equal times, the source that was heard of first comes first. */
export function inOrder<E extends Stamped>(events: readonly E[]): readonly E[] {
  const queues = [...Map.groupBy(events, ({ src }) => src).values()].map(queueOf);
  const ordered: E[] = [];
  // There are few sources, each in order already: the least of their heads comes next.
  for (;;) {
    let next: Queue<E> | undefined;
    for (const queue of queues) if (queue.at < (next?.at ?? Number.POSITIVE_INFINITY)) next = queue;
    const event = next?.events[next.taken];
    if (next === undefined || event === undefined) return ordered;
    ordered.push(event);
    next.taken += 1;
    next.at = Math.max(next.at, next.events[next.taken]?.at ?? Number.POSITIVE_INFINITY);
  }
}

/** Of one source. Nearly every journal has them in order already: then they are not copied. */
export const bySequence = <E extends Pick<Stamped, 'seq'>>(events: readonly E[]): readonly E[] =>
  events.every(({ seq }, index) => index === 0 || seq >= (events[index - 1]?.seq ?? 0))
    ? events
    : events.toSorted((a, b) => a.seq - b.seq);

// --- internal ---

interface Queue<E> {
  readonly events: readonly E[];
  taken: number;
  /**
   * When the next one counts as having happened: a newly measured clock offset can set a source's `at` back a little, and then
   * the later event takes the earlier one's place. Infinite: there is none.
   */
  at: number;
}

function queueOf<E extends Stamped>(own: readonly E[]): Queue<E> {
  const events = bySequence(own);
  return { events, taken: 0, at: events[0]?.at ?? Number.POSITIVE_INFINITY };
}
